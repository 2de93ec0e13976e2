//! The book's pages of faults and of security name tests, and each of these exists.

use std::fs;
use std::path::Path;

/// The text of all Rust files below `folder`.
fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, text);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            text.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn code() -> String {
    let mut code = String::new();
    for folder in ["orion/src", "orion/tests", "tests/tests"] {
        sources(&root().join(folder), &mut code);
    }
    code
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join("book/src").join(name)).unwrap()
}

#[test]
fn each_row_of_the_page_of_faults_names_a_test_that_exists() {
    let code = code();
    let page = page("faults.md");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| ")).skip(1).collect();
    assert!(rows.len() >= 10, "DESIGN.md §6 has ten rows, the page has {}", rows.len());
    for row in rows {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        for name in tests.split(", ") {
            let name = name.trim_matches('`');
            assert!(code.contains(&format!("fn {name}()")), "no test `{name}`: {row}");
        }
    }
}

#[test]
fn each_table_of_the_page_of_security_names_a_test_in_every_row() {
    let (code, page) = (code(), page("security.md"));
    let mut with_tests = false;
    let mut rows = 0;
    for line in page.lines() {
        if !line.starts_with('|') {
            with_tests = false;
        } else if line.ends_with("| test |") {
            with_tests = true;
        } else if with_tests && line.starts_with("| ") {
            rows += 1;
            let tests = line.trim_end_matches(" |").rsplit(" | ").next().unwrap();
            for name in tests.split(", ") {
                let name = name.trim_matches('`');
                assert!(code.contains(&format!("fn {name}()")), "no test `{name}`: {line}");
            }
        }
    }
    assert!(rows >= 40, "the page names tests in {rows} rows");
}
