//! A real package whose migrations are files: Cargo compiles it again after every change of the folder, and what it compiled is
//! what the folder holds.

use std::fs;
use std::path::Path;

use orion_ui_tests::Package;

const MAIN: &str = r#"
#[orion::slice(migrations = "db/notes")]
mod notes {
    use orion::prelude::*;

    #[query("select COLUMN from notes")]
    pub fn all(db: &Db) -> Result<Vec<String>>;
}

fn main() {
    for migration in notes::SLICE.migrations {
        println!("{}: {}", migration.name, migration.sql.trim());
    }
    let _ = notes::all;
}
"#;

const READER: &str = r#"
#[orion::slice]
mod reader {
    use orion::prelude::*;

    #[query("select text from notes")]
    pub fn texts(db: &Db) -> Result<Vec<String>>;
}
"#;

const AUTHOR: &str = "alter table notes add author text not null default 'nobody';\n";
const CREATE: &str = "create table notes (text text not null) strict;\n";

fn package() -> Package {
    let package = Package::new(Path::new(env!("CARGO_TARGET_TMPDIR")), "with-folder");
    package.write("src/main.rs", &MAIN.replace("COLUMN", "text"));
    package.write("db/notes/1_create.sql", CREATE);
    package
}

#[test]
fn every_change_of_the_folder_is_compiled() {
    let package = package();
    let said = package.run("with-folder").expect_err("nothing tells Cargo of new files");
    assert!(said.contains("nothing tells Cargo of a new file in `db/notes`"), "{said}");

    package.write("build.rs", r#"fn main() { println!("cargo::rerun-if-changed=src"); }"#);
    let said = package.run("with-folder").expect_err("it watches something else");
    assert!(said.contains("`build.rs` does not tell Cargo of a new file in `db/notes`"), "{said}");

    package.write("build.rs", r#"fn main() { println!("cargo::rerun-if-changed=db/notes"); }"#);
    let created = format!("1_create: {CREATE}");
    assert_eq!(package.run("with-folder"), Ok(created.clone()));

    package.write("src/main.rs", &(MAIN.replace("COLUMN", "text") + READER));
    let said = package.run("with-folder").expect_err("the table is the other slice's");
    assert!(said.contains("query `texts` reads `notes`, which belongs to slice `notes`"), "{said}");
    assert!(said.contains("call `notes::all(db)`"), "{said}");

    package.write("src/main.rs", &MAIN.replace("COLUMN", "author"));
    let said = package.run("with-folder").expect_err("there is no such column yet");
    assert!(said.contains("no such column: author"), "{said}");
    package.write("db/notes/10_author.sql", AUTHOR);
    assert_eq!(package.run("with-folder"), Ok(format!("{created}10_author: {AUTHOR}")), "a new file");

    package.write("db/notes/9_before.sql", "create table others (x text) strict;\n");
    let said = package.run("with-folder").expect("a new file before one that was there");
    assert_eq!(said, format!("{created}9_before: create table others (x text) strict;\n10_author: {AUTHOR}"));

    package.write("db/notes/9_before.sql", "create table others (x txt) strict;\n");
    let said = package.run("with-folder").expect_err("the file is wrong now");
    assert!(said.contains("migration `db/notes/9_before.sql:1:24`: unknown datatype for others.x"), "{said}");

    fs::rename(package.path("db/notes/10_author.sql"), package.path("db/notes/2_author.sql"))
        .expect("renamed");
    fs::remove_file(package.path("db/notes/9_before.sql")).expect("removed");
    assert_eq!(
        package.run("with-folder"),
        Ok(format!("{created}2_author: {AUTHOR}")),
        "one is gone, one has another name"
    );

    fs::remove_file(package.path("db/notes/2_author.sql")).expect("removed");
    let said = package.run("with-folder").expect_err("the column is gone with its file");
    assert!(said.contains("no such column: author"), "{said}");
}
