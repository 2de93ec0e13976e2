//! Who owns a table that the slice has not. A slice's macro sees that slice only, so where SQLite knows no such table the
//! crate's own sources are read: for the message, and for nothing else.

mod source;

use std::path::{Path, PathBuf};

use proc_macro2::Span;

use crate::sql::{SqlError, Use, use_of};
use source::{Owner, Question, owner};

/// The mistake in the words of ownership, if a slice of the crate other than `slice` owns the table that SQLite misses. `what`
/// is whose SQL it is: "query `all`".
pub(crate) fn explain(slice: &str, what: &str, error: &SqlError, sql: &str, place: Span) -> Option<SqlError> {
    let missed = error.message.strip_prefix("no such table: ")?;
    // So SQLite names a table that the statement does not.
    let (indirect, table) = missed.strip_prefix("main.").map_or((false, missed), |table| (true, table));
    let owner = find(Question { table, by: slice }, place)?;
    let (does, way) = if what.starts_with("migration") {
        let way = format!("what is done to it stands in the migrations of slice `{}`", owner.slice);
        (format!("{what} touches"), way)
    } else if indirect {
        let does = format!("{what}: a foreign key, view or trigger of the slice refers to");
        (does, "keep the key itself, without `references`".to_owned())
    } else {
        by_query(what, &owner, use_of(sql, table))
    };
    Some(SqlError {
        message: format!("{does} `{table}`, which belongs to slice `{}`", owner.slice),
        at: error.at.clone(),
        help: Some(format!("a slice touches only its own tables: {way}")),
    })
}

/// The slice that owns a table which `slice` has not: its name, and the path of its module.
pub(crate) fn of(slice: &str, table: &str, place: Span) -> Option<(String, String)> {
    find(Question { table, by: slice }, place).map(|owner| (owner.slice, owner.path))
}

fn find(question: Question<'_>, place: Span) -> Option<Owner> {
    let root = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from)?;
    files(&root, place).iter().find_map(|(file, module)| {
        let text = std::fs::read_to_string(file).ok()?;
        owner(&text, module, question)
    })
}

/// What a query does, and which to call instead.
fn by_query(what: &str, owner: &Owner, used: Option<Use>) -> (String, String) {
    let (verb, store, query) = match used {
        Some(Use::Writes) => ("writes", "tx", &owner.write),
        Some(Use::Reads) | None => ("reads", "db", &owner.read),
    };
    let way = match query {
        Some(query) => format!("call `{}::{query}({store}, …)`", owner.path),
        None => format!("add a query to slice `{}` and call that", owner.slice),
    };
    (format!("{what} {verb}"), way)
}

/// The crate's Rust files with the paths of their modules, sorted, and the file that is being compiled, which may be elsewhere.
fn files(root: &Path, place: Span) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    walk(&root.join("src"), "", &mut files);
    files.sort();
    if let Some(file) = place.local_file()
        && !files.iter().any(|(known, _)| known.ends_with(&file))
    {
        files.push((file, String::new()));
    }
    files
}

fn walk(folder: &Path, module: &str, files: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = folder.read_dir() else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
        let inside = if module.is_empty() { name.to_owned() } else { format!("{module}::{name}") };
        if path.is_dir() {
            walk(&path, &inside, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let module = if ["main", "lib", "mod"].contains(&name) { module.to_owned() } else { inside };
            files.push((path, module));
        }
    }
}
