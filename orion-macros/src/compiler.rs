//! What the compiler was told about the crate that it compiles: a macro runs in its process. An editor's process was told
//! nothing, so where nothing is known less is said.

use std::path::{Path, PathBuf};

/// The crate's root. A package has several, and Cargo's conventions name only some of them.
pub(crate) fn root() -> Option<PathBuf> {
    let is_source = |argument: &PathBuf| argument.extension().is_some_and(|extension| extension == "rs");
    let told = std::env::args_os().skip(1).map(PathBuf::from).find(|path| is_source(path) && path.is_file());
    told.or_else(by_convention)
}

/// Whether this is its process, and no editor's.
pub(crate) fn is_there() -> bool {
    has(&arguments(), "--crate-name", |_| true)
}

/// Whether it is a program: then nobody but itself can name what is in it.
pub(crate) fn is_program() -> bool {
    has(&arguments(), "--crate-type", |kind| kind == "bin")
}

/// Whether another crate of this name can be named.
pub(crate) fn is_crate(name: &str) -> bool {
    ["std", "core", "alloc", "orion"].contains(&name)
        || has(&arguments(), "--extern", |external| of_extern(external) == name)
}

/// The folder in which the compiler keeps what it knows for the next time, where it does.
pub(crate) fn memory() -> Option<PathBuf> {
    codegen(&arguments(), "incremental").map(PathBuf::from)
}

/// The crate's name, with what tells it from others of that name.
pub(crate) fn crate_name() -> String {
    let arguments = arguments();
    let name = values(&arguments, "--crate-name").next().unwrap_or_default();
    format!("{name}{}", codegen(&arguments, "extra-filename").unwrap_or_default())
}

/// What else is asked here of the compiler: whether it makes a program, and of what crates.
pub(crate) fn answers() -> String {
    let arguments = arguments();
    let mut crates: Vec<&str> = values(&arguments, "--extern").map(of_extern).collect();
    crates.sort_unstable();
    format!("{} {}", is_program(), crates.join(" "))
}

/// The library `orion` as the crate was given it, under whatever name.
pub(crate) fn library() -> Option<PathBuf> {
    let arguments = arguments();
    let mut files =
        values(&arguments, "--extern").filter_map(|value| Some(Path::new(value.split_once('=')?.1)));
    let is_ours =
        |file: &&Path| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with("liborion-"));
    files.find(is_ours).map(Path::to_path_buf)
}

fn arguments() -> Vec<String> {
    std::env::args_os().skip(1).filter_map(|argument| argument.into_string().ok()).collect()
}

/// The value of `-C name=value`.
fn codegen(arguments: &[String], name: &str) -> Option<String> {
    let value = |option: &str| Some(option.strip_prefix(name)?.strip_prefix('=')?.to_owned());
    values(arguments, "-C").find_map(value)
}

/// Whether the option has such a value.
fn has(arguments: &[String], option: &str, is: impl Fn(&str) -> bool) -> bool {
    values(arguments, option).any(is)
}

/// What the option is set to: `--extern time=libtime.rlib`, `--extern=time`.
fn values<'a>(arguments: &'a [String], option: &'a str) -> impl Iterator<Item = &'a str> {
    arguments.iter().enumerate().filter_map(move |(at, argument)| match argument.strip_prefix(option)? {
        "" => arguments.get(at + 1).map(String::as_str),
        joined => joined.strip_prefix('='),
    })
}

/// `time` of `priv,noprelude:time=libtime.rlib`.
fn of_extern(external: &str) -> &str {
    let name = external.split('=').next().unwrap_or_default();
    name.rsplit(':').next().unwrap_or_default()
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
    fn the_compilers_options_are_read_as_it_reads_them() {
        let told: Vec<String> =
            ["rs", "--crate-type", "bin", "--extern", "a=liba.rlib", "--extern=priv:b=c", "--extern", "d"]
                .map(str::to_owned)
                .into();
        let names = |name: &str| has(&told, "--extern", |external| of_extern(external) == name);
        assert_eq!(["a", "b", "c", "d", "e"].map(names), [true, true, false, true, false]);
        assert!(has(&told, "--crate-type", |kind| kind == "bin"));
        assert!(!has(&told[..1], "--crate-type", |kind| kind == "bin"));
    }

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
