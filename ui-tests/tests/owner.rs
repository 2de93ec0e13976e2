//! Whose a table is, is told of the program that is compiled: a package may have several, and each is a crate of its own.

use std::path::Path;

use orion_ui_tests::Package;

const ACCOUNTS: &str = r#"
#[orion::slice]
pub mod accounts {
    use orion::prelude::*;
    #[migration]
    const CREATE: &str = "create table accounts (id integer primary key, name text not null) strict";
    #[query("select name from accounts where id = :id")]
    pub fn name(db: &Db, id: i64) -> Result<Option<String>>;
}
"#;

const SESSIONS: &str = r#"
#[orion::slice]
pub mod sessions {
    use orion::prelude::*;
    #[migration]
    const CREATE: &str = "create table sessions (account integer not null references accounts (id)) strict";
}
"#;

const READER: &str = r#"
#[orion::slice]
pub mod reader {
    use orion::prelude::*;
    #[query("select name from accounts where id = :number")]
    pub fn find(db: &Db, number: i64) -> Result<Option<String>>;
}
"#;

#[test]
fn each_program_of_a_package_is_told_of_its_own_slices_only() {
    let package = Package::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "of-programs");
    let main = "fn main() {}";
    package.write("src/bin/shop.rs", &format!("{ACCOUNTS}{SESSIONS}{main}"));
    package.write("src/bin/desk/main.rs", &format!("mod people; mod rooms; {main}"));
    package.write("src/bin/desk/people.rs", ACCOUNTS);
    package.write("src/bin/desk/rooms.rs", READER);
    package.write("src/main.rs", &format!("{READER}{main}"));
    package.write("examples/small.rs", &format!("{READER}{ACCOUNTS}{main}"));

    let shop = package.check(&["--bin", "shop"]);
    assert!(shop.contains("`accounts`, which belongs to slice `accounts`"), "{shop}");
    assert!(
        shop.contains("say on slice `sessions` that it refers to it: `#[orion::slice(uses(accounts))]`"),
        "{shop}"
    );

    let desk = package.check(&["--bin", "desk"]);
    assert!(desk.contains("call `crate::people::accounts::name(db, id)`"), "{desk}");

    let alone = package.check(&["--bin", "of-programs"]);
    assert!(alone.contains("no such table: accounts"), "{alone}");
    assert!(!alone.contains("belongs to"), "another program's slice is none of its: {alone}");

    let small = package.check(&["--example", "small"]);
    assert!(small.contains("call `accounts::name(db, id)`"), "{small}");
}
