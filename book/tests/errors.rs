//! The chapter "Every error and how to mend it" shows every ui-test: its program and the message, the files themselves.
//! `ORION_BOOK=write cargo test -p orion-book --test errors` writes its pages anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of ui-tests, what it is about, and what its rules have in common.
const FOLDERS: &[(&str, &str, &str)] = &[
    (
        "slice",
        "Slices",
        "A slice is an inline module that owns its tables. What is wrong with the whole of it is said here; what is wrong with one \
         declaration, in the chapters below.",
    ),
    (
        "migration",
        "Migrations",
        "A migration is SQL that is applied while compiling, in order, to an empty database in memory. The first one that SQLite refuses is \
         reported; queries are judged once all of them apply.",
    ),
    (
        "uses",
        "Tables of other slices",
        "A table has one owner. A foreign key may refer to another slice's, if the slice says whose: `uses(accounts)`.",
    ),
    (
        "query",
        "Queries",
        "A query is a function whose body is SQL. SQLite prepares it while compiling; its sentence comes first, then the line of the SQL \
         with the piece that it is about, then the way out.",
    ),
    ("row", "Rows", "A row is a struct whose fields are columns, by name."),
    (
        "value",
        "Values",
        "A value is a type of the application's own that is stored in one column: a newtype, or an enum without fields.",
    ),
    (
        "command",
        "Commands",
        "A command is something that a viewer can do: a method, a path, what it works with, and what it takes from the request.",
    ),
    (
        "region",
        "Regions",
        "A region is a plain function from the store to markup. It waits for nothing, writes nothing, and its arguments are its key.",
    ),
    ("page", "Pages", "A page is a document at a path. It reads, and what it shows live are its regions."),
    (
        "markup",
        "Markup",
        "Links, actions and embeds have the types of what they lead to. The markup in a slice's own functions is read while compiling: \
         the names of signals, and in regions what a morph needs. Markup from elsewhere is looked at in development, when it is rendered.",
    ),
    ("topic", "Topics", "A topic is a struct that names something which changes and which no table holds."),
    (
        "main",
        "The application",
        "`orion::main!` knows every slice, and proves in constants what no slice can know of itself. The error is on the entry of the list.",
    ),
    ("outside", "Outside of a slice", "The attributes of declarations mean something inside a slice only."),
];

#[test]
fn every_message_is_in_the_book() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = root.join("../ui-tests/tests");
    let pages = root.join("src/errors");
    let folders = names(&tests, Path::is_dir);
    for folder in &folders {
        assert!(FOLDERS.iter().any(|known| known.0 == folder), "say in {} what `{folder}` is about", file!());
    }
    let mut wanted: Vec<(PathBuf, String)> = Vec::new();
    let summary = fs::read_to_string(root.join("src/SUMMARY.md")).expect("the summary");
    for (folder, title, about) in
        FOLDERS.iter().filter(|known| folders.iter().any(|folder| folder == known.0))
    {
        let link = format!("[{title}](errors/{folder}.md)");
        assert!(summary.contains(&link), "SUMMARY.md lacks {link}");
        let rules = names(&tests.join(folder), |path| path.extension().is_some_and(|ext| ext == "stderr"));
        wanted.push((pages.join(folder).with_extension("md"), page(folder, title, about, &rules)));
    }
    if std::env::var_os("ORION_BOOK").is_some_and(|value| value == "write") {
        for (path, text) in &wanted {
            fs::write(path, text).expect("the page can be written");
        }
    }
    for (path, text) in wanted {
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            there == text,
            "{} is not what ui-tests have: ORION_BOOK=write cargo test -p orion-book --test errors",
            path.display()
        );
    }
}

fn page(folder: &str, title: &str, about: &str, rules: &[String]) -> String {
    let mut text = format!("# {title}\n\n{about}\n");
    for rule in rules {
        let name = rule.trim_end_matches(".stderr");
        let file = format!("../../../ui-tests/tests/{folder}/{name}");
        write!(
            text,
            "\n## {}\n\n```text\n{{{{#include {file}.stderr}}}}\n```\n\n<details><summary>The program</summary>\n\n\
             ```rust,ignore\n{{{{#include {file}.rs}}}}\n```\n\n</details>\n",
            name.replace('_', " ")
        )
        .expect("a string takes everything");
    }
    text
}

/// The names of what is in a folder, sorted.
fn names(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Vec<String> {
    let entries =
        fs::read_dir(folder).expect("the folder is there").map(|entry| entry.expect("an entry").path());
    let last = |path: PathBuf| path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
    let mut names: Vec<String> = entries.filter(|path| wanted(path)).map(last).collect();
    names.sort();
    names
}
