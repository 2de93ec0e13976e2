//! How an entry differs from what was applied, and what an entry does that it may not.

use std::fmt;

/// How an applied entry differs from its text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edit {
    /// In white space and comments only.
    Layout,
    /// From this line on, counted from 1.
    Text {
        /// The line.
        line: usize,
        /// What was applied there.
        was: String,
        /// What stands there now.
        now: String,
    },
}

/// What an entry does that is not its slice's business.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Trespass {
    /// It changes a table of another slice.
    Owned {
        /// The table.
        table: String,
        /// The slice that owns it.
        owner: String,
    },
    /// It changes a table that was in the file before any slice made it.
    Foreign {
        /// The table.
        table: String,
    },
    /// It changes a table of SQLite or orion itself.
    Reserved {
        /// The table.
        table: String,
    },
    /// It does what only the store may: transactions, settings, other files.
    Forbidden {
        /// The SQL word.
        what: String,
    },
}

impl fmt::Display for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Layout => {
                f.write_str("only white space or comments differ, but its text must stay as applied")
            }
            Self::Text { line, was, now } => write!(f, "line {line} was `{was}` and is now `{now}`"),
        }
    }
}

impl fmt::Display for Trespass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owned { table, owner } => write!(
                f,
                "changes `{table}`, which belongs to slice `{owner}`\n\
                 help: a slice changes its own tables only: move the statement to `{owner}`, or name the table differently"
            ),
            Self::Foreign { table } => write!(
                f,
                "changes `{table}`, which was in the file before and belongs to no slice\n\
                 help: name the table differently, or give it to the slice by hand: \
                 `insert into orion_tables (name, slice) values ('{table}', '…')`"
            ),
            Self::Reserved { table } => write!(
                f,
                "changes `{table}`, but names that begin with `sqlite_` and `orion_` are not for slices\n\
                 help: name the table differently"
            ),
            Self::Forbidden { what } => write!(
                f,
                "runs `{what}`, which is the store's business\n\
                 help: leave it out; each migration runs in a transaction of its own, with the store's settings"
            ),
        }
    }
}
