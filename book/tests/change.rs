//! The chapter "How a change reaches five thousand browsers" quotes the program: each excerpt must stand in the file that it names.

use std::fs;
use std::path::Path;

/// Between two pieces of one excerpt.
const ELISION: &str = "// …";

#[test]
fn every_excerpt_is_the_code_itself() {
    let mut seen = 0;
    for excerpt in chapter().split("```rust,ignore\n").skip(1) {
        let excerpt = excerpt.split("```").next().expect("a block has an end");
        let (name, code) = excerpt.split_once('\n').expect("a block begins with the name of its file");
        let file = name.strip_prefix("// ").expect("the name stands in a comment");
        let source = fs::read_to_string(root().join(file)).unwrap_or_else(|cause| panic!("{file}: {cause}"));
        let source: Vec<&str> = source.lines().map(str::trim).collect();
        let code: Vec<&str> = code.lines().map(str::trim).collect();
        let mut rest = &source[..];
        for piece in code.split(|line| *line == ELISION) {
            let at = rest.windows(piece.len()).position(|lines| lines == piece);
            let at =
                at.unwrap_or_else(|| panic!("{file} has no such lines (any more):\n{}", piece.join("\n")));
            rest = &rest[at + piece.len()..];
        }
        seen += 1;
    }
    assert!(seen > 10, "{seen} excerpts");
}

#[test]
fn every_file_that_it_names_is_there() {
    let folders = [root().to_owned(), root().join("orion/src"), root().join("orion/src/live/engine")];
    let chapter = chapter();
    let names = chapter.split('`').skip(1).step_by(2);
    let files: Vec<&str> = names.filter(|name| is_path(name)).collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        assert!(folders.iter().any(|folder| folder.join(file).exists()), "there is no `{file}`");
    }
}

fn is_path(name: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    name.bytes().all(plain)
        && (name.contains('/') || Path::new(name).extension().is_some_and(|extension| extension == "rs"))
}

fn chapter() -> String {
    fs::read_to_string(root().join("book/src/change.md")).expect("the chapter is there")
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
