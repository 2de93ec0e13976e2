//! A real package whose migrations are files: Cargo compiles it again after every change of the folder, and what it compiled is
//! what the folder holds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

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

/// A package in a folder of its own that is gone with it.
struct Package(PathBuf);

impl Package {
    fn new() -> Self {
        let workspace =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace");
        let package = Self(Path::new(env!("CARGO_TARGET_TMPDIR")).join("package-with-folder"));
        // Of a run that was killed.
        let _ = fs::remove_dir_all(&package.0);
        let orion = workspace.join("orion");
        package.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"with-folder\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\norion = {{ path = '{}' }}\n\n[workspace]\n",
                orion.display()
            ),
        );
        package.write("Cargo.lock", &fs::read_to_string(workspace.join("Cargo.lock")).expect("it is there"));
        package.write("src/main.rs", &MAIN.replace("COLUMN", "text"));
        package.write("db/notes/1_create.sql", CREATE);
        package
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().expect("it is in the package")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Runs the program: what it prints, or else what the compiler says.
    fn run(&self) -> Result<String, String> {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["run", "--quiet", "--offline"]).current_dir(&self.0);
        // Where this test and what it depends on were built.
        cargo.env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join(".."));
        let output = cargo.output().expect("cargo runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        if output.status.success() { Ok(text(output.stdout)) } else { Err(text(output.stderr)) }
    }
}

impl Drop for Package {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_change_of_the_folder_is_compiled() {
    let package = Package::new();
    let said = package.run().expect_err("nothing tells Cargo of new files");
    assert!(said.contains("nothing tells Cargo of a new file in `db/notes`"), "{said}");

    package.write("build.rs", r#"fn main() { println!("cargo::rerun-if-changed=src"); }"#);
    let said = package.run().expect_err("it watches something else");
    assert!(said.contains("`build.rs` does not tell Cargo of a new file in `db/notes`"), "{said}");

    package.write("build.rs", r#"fn main() { println!("cargo::rerun-if-changed=db/notes"); }"#);
    let created = format!("1_create: {CREATE}");
    assert_eq!(package.run(), Ok(created.clone()));

    package.write("src/main.rs", &(MAIN.replace("COLUMN", "text") + READER));
    let said = package.run().expect_err("the table is the other slice's");
    assert!(said.contains("query `texts` reads `notes`, which belongs to slice `notes`"), "{said}");
    assert!(said.contains("call `notes::all(db, …)`"), "{said}");

    package.write("src/main.rs", &MAIN.replace("COLUMN", "author"));
    let said = package.run().expect_err("there is no such column yet");
    assert!(said.contains("no such column: author"), "{said}");
    package.write("db/notes/10_author.sql", AUTHOR);
    assert_eq!(package.run(), Ok(format!("{created}10_author: {AUTHOR}")), "a new file");

    package.write("db/notes/9_before.sql", "create table others (x text) strict;\n");
    let said = package.run().expect("a new file before one that was there");
    assert_eq!(said, format!("{created}9_before: create table others (x text) strict;\n10_author: {AUTHOR}"));

    package.write("db/notes/9_before.sql", "create table others (x txt) strict;\n");
    let said = package.run().expect_err("the file is wrong now");
    assert!(said.contains("migration `db/notes/9_before.sql:1:24`: unknown datatype for others.x"), "{said}");

    fs::rename(package.0.join("db/notes/10_author.sql"), package.0.join("db/notes/2_author.sql"))
        .expect("renamed");
    fs::remove_file(package.0.join("db/notes/9_before.sql")).expect("removed");
    assert_eq!(
        package.run(),
        Ok(format!("{created}2_author: {AUTHOR}")),
        "one is gone, one has another name"
    );

    fs::remove_file(package.0.join("db/notes/2_author.sql")).expect("removed");
    let said = package.run().expect_err("the column is gone with its file");
    assert!(said.contains("no such column: author"), "{said}");
}
