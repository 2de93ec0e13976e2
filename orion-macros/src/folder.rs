//! `migrations = "migrations"`: a slice's history in the files of a folder, `1_create.sql` and so on.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use syn::LitStr;

use crate::data::literal;
use crate::declared::Data;
use crate::errors::Errors;
use crate::nearest;
use crate::script::Script;

/// A file that is an entry of the history.
pub(crate) struct File {
    /// Its name without `.sql`: what the ledger calls it.
    name: String,
    /// Its path from the package's folder on.
    path: String,
    sql: String,
}

impl File {
    /// The SQL, for the schema; `folder` is the literal that names the folder.
    pub(crate) fn script(&self, folder: &LitStr) -> Script {
        Script::of_file(self.path.clone(), self.sql.clone(), folder.clone())
    }

    /// Its entry in the slice's list. Cargo follows the file, because the compiler includes it.
    pub(crate) fn entry(&self) -> Data {
        let (name, path) = (literal(&self.name), literal(&format!("/{}", self.path)));
        let entry = format!(
            "__orion::Migration::new({name}, \
             ::core::include_str!(::core::concat!(::core::env!(\"CARGO_MANIFEST_DIR\"), {path})))"
        );
        Data::entry(&[], &entry)
    }
}

/// The files of the folder, oldest first; `None` where something is wrong with it.
pub(crate) fn read(cx: &mut Errors, folder: &LitStr) -> Option<Vec<File>> {
    told(cx, folder, files(&root(), &folder.value()))
}

/// The SQL of the files, oldest first; none where something is wrong with them, which is said elsewhere.
pub(crate) fn texts(folder: &str) -> Vec<String> {
    let files = files(&root(), folder).unwrap_or_default();
    files.into_iter().map(|file| file.sql).collect()
}

/// Sees to it that a new file in the folder is noticed.
pub(crate) fn watch(cx: &mut Errors, folder: &LitStr) {
    told(cx, folder, watched(&root(), &folder.value()));
}

/// Everything in the folder and about it that an expansion is made from; `None` where something is wrong with it.
pub(crate) fn seen(folder: &str) -> Option<String> {
    let (files, ()) = (files(&root(), folder).ok()?, watched(&root(), folder).ok()?);
    let seen = files.into_iter().map(|file| format!("{}\n{}\n{}\n", file.name, file.path, file.sql));
    Some(seen.collect())
}

/// The folder of the package: Cargo says where it is; without Cargo that is where the compiler was started.
fn root() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default())
}

fn told<T>(cx: &mut Errors, folder: &LitStr, found: Result<T, Wrong>) -> Option<T> {
    found
        .map_err(|Wrong { message, help }| {
            cx.at(folder, message).help(help);
        })
        .ok()
}

/// What is wrong with a folder, and the way out.
#[derive(Debug, PartialEq, Eq)]
struct Wrong {
    message: String,
    help: String,
}

fn wrong(message: impl Into<String>, help: impl Into<String>) -> Wrong {
    Wrong { message: message.into(), help: help.into() }
}

fn files(root: &Path, folder: &str) -> Result<Vec<File>, Wrong> {
    let plain = |part: Component<'_>| matches!(part, Component::Normal(_));
    if folder.is_empty() || folder.ends_with('/') || !Path::new(folder).components().all(plain) {
        return Err(wrong(
            "the folder of the migrations must be one of the package",
            "write its path from the folder of `Cargo.toml` on: `migrations = \"migrations\"`",
        ));
    }
    let names = names(&root.join(folder)).ok_or_else(|| missing(root, folder))?;
    let mut ordered: BTreeMap<u64, String> = BTreeMap::new();
    // What an editor leaves beside a file, `.1_create.sql.swp` or `1_create.sql~`, is none.
    let is_entry = |name: &String| !name.starts_with('.') && name.strip_suffix(".sql").is_some();
    for name in names.into_iter().filter(is_entry) {
        let digits: String = name.chars().take_while(char::is_ascii_digit).collect();
        let Ok(number) = digits.parse() else {
            return Err(wrong(
                format!("`{folder}/{name}` must begin with a number"),
                format!(
                    "its place in the history: `1_{name}`; the order of the numbers is the order of the migrations"
                ),
            ));
        };
        if let Some(other) = ordered.insert(number, name.clone()) {
            return Err(wrong(
                format!("`{other}` and `{name}` in `{folder}` have the same number"),
                "the number is the place in the history: give the newer one the next that is free",
            ));
        }
    }
    if ordered.is_empty() {
        return Err(wrong(
            format!("there is no migration in `{folder}`"),
            "write the first one into a file that begins with its number: `1_create.sql`",
        ));
    }
    ordered.into_values().map(|name| read_file(root, folder, &name)).collect()
}

fn read_file(root: &Path, folder: &str, name: &str) -> Result<File, Wrong> {
    let path = format!("{folder}/{name}");
    let sql = fs::read_to_string(root.join(&path)).map_err(|error| {
        wrong(format!("`{path}` cannot be read: {error}"), "a migration is a file with SQL in UTF-8")
    })?;
    Ok(File { name: name.trim_end_matches(".sql").to_owned(), path, sql })
}

/// The names in a folder, sorted; `None` where it is none.
fn names(folder: &Path) -> Option<Vec<String>> {
    let entries = folder.read_dir().ok()?;
    let mut names: Vec<String> =
        entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.sort();
    Some(names)
}

fn missing(root: &Path, folder: &str) -> Wrong {
    let known: Vec<String> =
        names(root).unwrap_or_default().into_iter().filter(|name| root.join(name).is_dir()).collect();
    let help = match nearest::nearest(folder, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("create it, and in it the first migration: `{folder}/1_create.sql`"),
    };
    wrong(format!("there is no folder `{folder}` beside `Cargo.toml`"), help)
}

/// Whether Cargo compiles the package again when a file is added to the folder. The compiler tells it of files that there are;
/// of a folder only a build script can: one that names the folder, or one that names nothing, which is run after every change
/// (<https://doc.rust-lang.org/cargo/reference/build-scripts.html#change-detection>).
fn watched(root: &Path, folder: &str) -> Result<(), Wrong> {
    let line = format!("println!(\"cargo::rerun-if-changed={folder}\");");
    let Ok(script) = fs::read_to_string(root.join("build.rs")) else {
        return Err(wrong(
            format!("nothing tells Cargo of a new file in `{folder}`"),
            format!("write `build.rs` beside `Cargo.toml`: `fn main() {{ {line} }}`"),
        ));
    };
    let names_it = |text: &str| script.contains(&format!("rerun-if-changed={text}\""));
    // Of a folder Cargo looks at everything in it.
    let names_one = Path::new(folder)
        .ancestors()
        .filter_map(Path::to_str)
        .any(|above| !above.is_empty() && names_it(above));
    if names_one || !script.contains("rerun-if") {
        return Ok(());
    }
    Err(wrong(
        format!("`build.rs` does not tell Cargo of a new file in `{folder}`"),
        format!("add to its `main`: `{line}`"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A package with these files, for as long as `look` takes.
    fn package<T>(name: &str, contents: &[(&str, &str)], look: impl FnOnce(&Path) -> T) -> T {
        let root = std::env::temp_dir().join(format!("orion-macros-folder-{name}-{}", std::process::id()));
        for (path, text) in contents {
            let path = root.join(path);
            fs::create_dir_all(path.parent().expect("it is in the package")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let seen = look(&root);
        fs::remove_dir_all(&root).expect("removed");
        seen
    }

    #[test]
    fn files_are_read_in_the_order_of_their_numbers() {
        let contents = [
            ("db/todos/10_last.sql", "c"),
            ("db/todos/2_next.sql", "b"),
            ("db/todos/001_create.sql", "a"),
            ("db/todos/.3_hidden.sql", "x"),
            ("db/todos/3_kept.sql~", "x"),
            ("db/todos/README.md", "x"),
            ("db/todos/old/4_moved.sql", "x"),
        ];
        let found =
            package("order", &contents, |root| files(root, "db/todos")).map_err(|wrong| wrong.message);
        let found: Vec<_> =
            found.expect("it is right").into_iter().map(|file| (file.name, file.path, file.sql)).collect();
        let file = |name: &str, sql: &str| (name.to_owned(), format!("db/todos/{name}.sql"), sql.to_owned());
        assert_eq!(found, [file("001_create", "a"), file("2_next", "b"), file("10_last", "c")]);
    }

    #[test]
    fn a_build_script_must_name_the_folder_or_nothing() {
        let verdict = |script: &str| {
            package("script", &[("build.rs", script)], |root| watched(root, "db/todos").is_ok())
        };
        assert!(verdict("fn main() {}"));
        assert!(verdict(r#"fn main() { println!("cargo::rerun-if-changed=db/todos"); }"#));
        assert!(verdict(r#"fn main() { println!("cargo:rerun-if-changed=db"); }"#));
        assert!(!verdict(r#"fn main() { println!("cargo::rerun-if-changed=db/todo"); }"#));
        assert!(!verdict(r#"fn main() { println!("cargo::rerun-if-changed=build.rs"); }"#));
        assert!(!verdict(r#"fn main() { println!("cargo::rerun-if-env-changed=X"); }"#));
        assert!(package("none", &[("x", "")], |root| watched(root, "db").is_err()));
    }

    #[test]
    fn a_folder_outside_of_the_package_is_none_of_it() {
        for folder in ["", "/tmp", "..", "../x", "a/../b", "a/", "./a"] {
            let wrong = files(Path::new("."), folder).map(|_| ()).expect_err(folder);
            assert_eq!(wrong.message, "the folder of the migrations must be one of the package", "{folder}");
        }
    }
}
