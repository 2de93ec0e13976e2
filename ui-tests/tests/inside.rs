//! `ORION_EXPAND` shows an expansion when it is asked for, although Cargo has nothing else to do, and only then.

use std::process::Command;

/// What a `cargo check` of the todos says.
fn check(asked: Option<&str>) -> String {
    let mut cargo = Command::new(env!("CARGO"));
    // Of this folder's workspace, into the folder that this test was built in.
    cargo.args(["check", "-p", "todos"]).current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("ORION_EXPAND");
    // What Cargo said to this test of its package. The build script of ring looks at the same names, and would run again.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&*name);
        }
    }
    cargo.envs(asked.map(|asked| ("ORION_EXPAND", asked)));
    let output = cargo.output().expect("cargo runs");
    let said = String::from_utf8(output.stderr).expect("cargo writes UTF-8");
    assert!(output.status.success(), "{said}");
    said
}

#[test]
fn an_expansion_is_shown_when_it_is_asked_for_and_only_then() {
    const SLICE: &str = "\n    pub(crate) const SLICE: __orion::Slice = ";
    let shows = |said: &str| (said.contains(SLICE), said.contains("fn app() -> ::orion::App {"));
    // Whatever was compiled before: after this Cargo has nothing to do.
    let said = check(None);
    assert_eq!(shows(&said), (false, false), "{said}");
    let said = check(Some("todos"));
    assert_eq!(shows(&said), (true, false), "{said}");
    let said = check(None);
    assert_eq!(shows(&said), (false, false), "{said}");
    let said = check(Some("another, main"));
    assert_eq!(shows(&said), (false, true), "{said}");
    let said = check(Some("*"));
    assert_eq!(shows(&said), (true, true), "{said}");
}
