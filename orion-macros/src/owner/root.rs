//! The file that the crate which is being compiled begins with.

use std::path::{Path, PathBuf};

/// The crate's root. The compiler was told it: a package has several, and Cargo's conventions name only some of them.
pub(super) fn root() -> Option<PathBuf> {
    let is_source = |argument: &PathBuf| argument.extension().is_some_and(|extension| extension == "rs");
    let told = std::env::args_os().skip(1).map(PathBuf::from).find(|path| is_source(path) && path.is_file());
    told.or_else(by_convention)
}

/// Where Cargo looks for it: an editor expands macros in a process of its own, which was told nothing.
fn by_convention() -> Option<PathBuf> {
    let package = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR")?);
    let (program, library) = (std::env::var("CARGO_BIN_NAME"), std::env::var("CARGO_CRATE_NAME"));
    conventional(program.ok().as_deref(), library.ok().as_deref())
        .into_iter()
        .map(|root| package.join(root))
        .find(|root: &PathBuf| Path::is_file(root))
}

/// The roots that a target may have, by the names that Cargo gives it.
fn conventional(program: Option<&str>, library: Option<&str>) -> Vec<String> {
    let (name, folders, last) = match (program, library) {
        (Some(program), _) => (program, ["src/bin", "examples"], "src/main.rs"),
        (None, Some(library)) => (library, ["tests", "benches"], "src/lib.rs"),
        (None, None) => return Vec::new(),
    };
    let own = folders
        .into_iter()
        .flat_map(|folder| [format!("{folder}/{name}.rs"), format!("{folder}/{name}/main.rs")]);
    own.chain([last.to_owned()]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_looked_for_where_cargo_does() {
        assert_eq!(
            conventional(Some("shop"), Some("shop")),
            [
                "src/bin/shop.rs",
                "src/bin/shop/main.rs",
                "examples/shop.rs",
                "examples/shop/main.rs",
                "src/main.rs"
            ]
        );
        assert_eq!(conventional(None, Some("live")).last().map(String::as_str), Some("src/lib.rs"));
        assert!(conventional(None, None).is_empty());
    }
}
