//! One place where a name stands, and the sources that it stands in.

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What is put behind a name, with three digits that say which renaming it is. No name of the examples ends so; taken out of two
/// answers again, they are comparable.
const MARK: &str = "zzq";

/// The mark of a renaming, by its number.
pub(crate) fn mark(number: usize) -> String {
    format!("{MARK}{number:03}")
}

/// The text without the marks, and the numbers of the renamings that were seen in it.
pub(crate) fn unmarked(text: &str) -> (String, BTreeSet<usize>) {
    let mut parts = text.split(MARK);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    let mut seen = BTreeSet::new();
    for part in parts {
        let marked = part.split_at_checked(3).and_then(|(number, rest)| Some((number.parse().ok()?, rest)));
        if let Some((number, rest)) = marked {
            seen.insert(number);
            plain.push_str(rest);
        } else {
            plain.push_str(MARK);
            plain.push_str(part);
        }
    }
    (plain, seen)
}

/// A source file, by its path in the package.
pub(crate) struct Source {
    pub(crate) path: PathBuf,
    pub(crate) text: String,
}

/// A name at a place.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    pub(crate) class: Class,
    pub(crate) name: String,
    /// The file, by its path in the package.
    pub(crate) path: PathBuf,
    pub(crate) at: Range<usize>,
    pub(crate) line: usize,
}

/// What the name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Class {
    Table,
    Column,
    Parameter,
    Route,
    Topic,
    Command,
    Signal,
}

impl Class {
    /// Each must have a name in the examples.
    pub(crate) const ALL: [Self; 7] =
        [Self::Table, Self::Column, Self::Parameter, Self::Route, Self::Topic, Self::Command, Self::Signal];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Table => "tables",
            Self::Column => "columns",
            Self::Parameter => "parameters",
            Self::Route => "routes",
            Self::Topic => "topics",
            Self::Command => "commands",
            Self::Signal => "signals",
        }
    }
}

impl Site {
    /// A name in a file.
    pub(crate) fn new(class: Class, source: &Source, at: Range<usize>) -> Self {
        let line = source.text[..at.start].lines().count().max(1);
        Self { class, name: source.text[at.clone()].to_owned(), path: source.path.clone(), at, line }
    }

    pub(crate) fn describe(&self, example: &str) -> String {
        format!("{example}/{}:{}: `{}` ({})", self.path.display(), self.line, self.name, self.class.name())
    }
}

/// Every Rust file of the package's program, sorted: its tests are not in what is compiled.
pub(crate) fn sources(folder: &Path) -> Result<Vec<Source>, Box<dyn Error>> {
    let mut sources = Vec::new();
    read(folder, Path::new("src"), &mut sources)?;
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(sources)
}

fn read(folder: &Path, inside: &Path, sources: &mut Vec<Source>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder.join(inside))? {
        let path = inside.join(entry?.file_name());
        if folder.join(&path).is_dir() {
            read(folder, &path, sources)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            sources.push(Source { text: fs::read_to_string(folder.join(&path))?, path });
        }
    }
    Ok(())
}
