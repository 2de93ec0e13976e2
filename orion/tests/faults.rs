//! The book's page of faults names a test for each row, and each of these tests exists.

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

#[test]
fn each_row_of_the_page_of_faults_names_a_test_that_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut code = String::new();
    for folder in ["orion/src", "orion/tests", "tests/tests"] {
        sources(&root.join(folder), &mut code);
    }
    let page = fs::read_to_string(root.join("book/src/faults.md")).unwrap();
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
