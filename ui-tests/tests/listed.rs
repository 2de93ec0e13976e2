//! A slice that no `main!` lists is dead code, and rustc says so: in a program, where nobody else can list it.

use std::path::Path;

use orion_ui_tests::Package;

const SLICES: &str = r#"
#[orion::slice]
pub mod goods {
    use orion::prelude::*;
    #[page("/")]
    fn home() -> Markup { html! { p {} } }
}
#[orion::slice]
pub mod basket {
    use orion::prelude::*;
    #[page("/basket")]
    fn home() -> Markup { html! { p {} } }
}
"#;

#[test]
fn a_slice_that_nobody_lists_is_a_warning_at_its_name() {
    let package = Package::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "listed");
    package.write("src/lib.rs", SLICES);
    package.write("src/bin/own.rs", &format!("{SLICES}\norion::main! {{ slices: [goods] }}"));
    package.write("src/bin/other.rs", "orion::main! { slices: [listed::goods] }");
    package.write("src/bin/all.rs", &format!("{SLICES}\norion::main! {{ slices: [goods, basket] }}"));

    let said = package.check(&["--bin", "own"]);
    assert!(said.contains("constant `SLICE_FOR_MAIN_TO_LIST` is never used"), "{said}");
    assert!(said.contains("pub mod basket {\n  |         ^^^^^^"), "{said}");
    assert!(!said.contains("mod goods"), "{said}");

    for quiet in ["other", "all"] {
        assert_eq!(package.check(&["--bin", quiet]), "", "{quiet}");
    }
}
