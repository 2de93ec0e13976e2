//! One place where a name stands, and the sources that it stands in.

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// What is put behind a name. No name of the examples ends so; taken out of two answers again, they are comparable.
pub(crate) const MARK: &str = "zzq";

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
    line: usize,
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
}

impl Class {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Table => "tables",
            Self::Column => "columns",
            Self::Parameter => "parameters",
            Self::Route => "routes",
            Self::Topic => "topics",
            Self::Command => "commands",
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

/// Every Rust file of the package, sorted.
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
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(Source { text: fs::read_to_string(folder.join(&path))?, path });
        }
    }
    Ok(())
}
