//! What a check finds out about a statement. Plain data.

use std::collections::BTreeSet;
use std::ops::Range;

/// A statement that SQLite accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Checked {
    /// What is run: the text as it was given, of the same length, but without the marks on the names of columns.
    pub(crate) sql: String,
    /// In SQLite's index order: element 0 is bound at index 1.
    pub(crate) parameters: Vec<Parameter>,
    /// The result columns; empty where the statement returns no rows.
    pub(crate) columns: Vec<Column>,
    /// The tables that are read, sorted; through views, triggers and foreign keys too.
    pub(crate) reads: Vec<String>,
    /// The keys by which tables of these are read, sorted; of the others every row is.
    pub(crate) by_key: Vec<ByKey>,
    /// The tables that are written, sorted; through triggers and foreign keys too.
    pub(crate) writes: Vec<String>,
    /// Of those, the tables that lose rows or in which a key changes, sorted: what refers to them from another slice follows.
    pub(crate) removes: Vec<String>,
    /// Pieces of the text that may lack a comma: `id name`, where `name` is a column too.
    pub(crate) run_together: Vec<Range<usize>>,
    /// Whether the statement leaves the database as it is (`sqlite3_stmt_readonly`).
    pub(crate) read_only: bool,
}

/// A key by which a table is read: all rows of it that the statement depends on have the value of a parameter in the column that
/// the table is keyed by.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct ByKey {
    /// The table, as it was declared.
    pub(crate) table: String,
    /// The parameter, by its place in [`Checked::parameters`].
    pub(crate) parameter: usize,
    pub(crate) affinity: Affinity,
}

/// What a value is turned into that is compared with a column (<https://www.sqlite.org/datatype3.html>, section 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Affinity {
    /// A text to the number that it looks like.
    Numeric,
    /// A number to its digits.
    Text,
    /// Nothing.
    None,
}

/// What changes in the slice's tables, as they were declared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Changed {
    pub(crate) writes: BTreeSet<String>,
    /// Those that lose rows or in which a key changes.
    pub(crate) removes: BTreeSet<String>,
}

/// A value that is bound when the statement runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parameter {
    /// The name without the colon.
    pub(crate) name: String,
    /// The kind of the column that it is stored in or compared with; `None` where that is not sure.
    pub(crate) kind: Option<Kind>,
    /// `Some(false)`: NULL would be refused. `Some(true)`: NULL is stored. `None`: not known.
    pub(crate) nullable: Option<bool>,
    /// Where it stands alone inside `in (…)`, in bytes.
    pub(crate) listed: Vec<Range<usize>>,
    /// The first place where it does not.
    pub(crate) elsewhere: Option<Range<usize>>,
}

/// A result column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// The name after `as`, else the name of the table's column, else the text of the expression.
    pub(crate) name: String,
    /// Whether `name` is one that somebody gave; not so for the text of an expression.
    pub(crate) named: bool,
    /// The declared kind; `None` where values of several kinds are possible or nothing is declared.
    pub(crate) kind: Option<Kind>,
    /// As it was found out, or as a mark on its name promises.
    pub(crate) nullable: Nullable,
    /// Whether it is a table's column, unchanged but perhaps NULL.
    pub(crate) stored: bool,
    /// Where in the SQL the column is written, in bytes; the `*` that it comes from.
    pub(crate) at: Option<Range<usize>>,
}

/// Whether a result column can be NULL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Nullable {
    /// No contents of the tables make it NULL.
    Never,
    /// It may be: the column allows NULL, or an outer join, an aggregate or a subquery without rows yields it.
    Maybe,
    /// Not known.
    Unknown,
}

/// SQLite's storage classes but NULL, as a declared type's affinity prefers them (<https://www.sqlite.org/datatype3.html>).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Integer,
    Real,
    Text,
    Blob,
}

impl Kind {
    /// The kind that a declared type stands for, by the affinity rules of SQLite (datatype3.html, section 3.1); `None` for
    /// `ANY`, for types of NUMERIC affinity, and where no type is declared.
    pub(super) fn of_type(declared: &str) -> Option<Self> {
        let upper = declared.to_ascii_uppercase();
        let has = |parts: &[&str]| parts.iter().any(|part| upper.contains(part));
        if has(&["INT"]) {
            Some(Self::Integer)
        } else if has(&["CHAR", "CLOB", "TEXT"]) {
            Some(Self::Text)
        } else if has(&["BLOB"]) {
            Some(Self::Blob)
        } else if has(&["REAL", "FLOA", "DOUB"]) {
            Some(Self::Real)
        } else {
            None
        }
    }

    /// The word of SQL for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Text => "text",
            Self::Blob => "blob",
        }
    }
}
