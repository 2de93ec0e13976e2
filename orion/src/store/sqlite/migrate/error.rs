//! Why the file was not brought to where the program is, in words that say what to do about it.

use std::error::Error as StdError;
use std::fmt;

use super::reason::{Edit, Trespass};

/// Why [`Sqlite::migrate`](crate::store::sqlite::Sqlite::migrate) stopped. Its text names slice, entry and the way out.
#[derive(Debug)]
#[non_exhaustive]
pub enum MigrateError {
    /// Two slices have the same name.
    Twice {
        /// The name.
        slice: String,
    },
    /// The text of an applied entry is not what was applied.
    Edited {
        /// The slice.
        slice: String,
        /// The entry.
        entry: String,
        /// The difference.
        edit: Edit,
    },
    /// An applied entry stands in another place.
    Moved {
        /// The slice.
        slice: String,
        /// The entry.
        entry: String,
        /// The place at which it was applied, from 1.
        was: usize,
        /// The place at which it stands now, from 1.
        now: usize,
    },
    /// An applied entry is gone, though later ones are there.
    Missing {
        /// The slice.
        slice: String,
        /// The entry.
        entry: String,
        /// The place at which it was applied, from 1.
        position: usize,
    },
    /// More was applied than the program has: it is older than the file.
    Older {
        /// The slice.
        slice: String,
        /// The entries that the program does not have.
        entries: Vec<String>,
    },
    /// An entry does what is not its slice's business.
    Trespass {
        /// The slice.
        slice: String,
        /// The entry.
        entry: String,
        /// What it does.
        what: Trespass,
    },
    /// An entry left rows that refer to rows that do not exist.
    Orphans {
        /// The slice.
        slice: String,
        /// The entry.
        entry: String,
        /// The table that refers.
        table: String,
        /// The table that is referred to.
        parent: String,
    },
    /// SQLite could not run an entry.
    Failed {
        /// The slice.
        slice: String,
        /// The entry.
        entry: String,
        /// SQLite's own words.
        cause: Box<dyn StdError + Send + Sync>,
    },
    /// The ledger could not be read or written.
    Store {
        /// What SQLite or the store said.
        cause: Box<dyn StdError + Send + Sync>,
    },
}

impl MigrateError {
    pub(super) fn store(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::Store { cause: cause.into() }
    }
}

impl fmt::Display for MigrateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Twice { slice } => write!(
                f,
                "two slices are called `{slice}`\n\
                 help: the name is the owner of tables and migrations: rename one, `#[slice(name = \"…\")]`"
            ),
            Self::Edited { slice, entry, edit } => write!(
                f,
                "migration `{entry}` of slice `{slice}` was edited after it was applied: {edit}\n\
                 help: put its text back, and write the change as a new migration after the last one"
            ),
            Self::Moved { slice, entry, was, now } => write!(
                f,
                "migration `{entry}` of slice `{slice}` was applied as number {was} and is now number {now}\n\
                 help: put it back in its place; new migrations go after the last one"
            ),
            Self::Missing { slice, entry, position } => write!(
                f,
                "migration `{entry}` of slice `{slice}` was applied as number {position} and is gone\n\
                 help: put it back as it was; what it did is undone by a new migration after the last one"
            ),
            Self::Older { slice, entries } => write!(
                f,
                "this program is older than its database: of slice `{slice}` the file has had `{}` applied, \
                 which the program does not have\n\
                 help: run the newer program, or put the migrations back",
                entries.join("`, `")
            ),
            Self::Trespass { slice, entry, what } => {
                write!(f, "migration `{entry}` of slice `{slice}` {what}")
            }
            Self::Orphans { slice, entry, table, parent } => write!(
                f,
                "migration `{entry}` of slice `{slice}` leaves rows in `{table}` that refer to rows of `{parent}` \
                 that do not exist\n\
                 help: nothing cascades in a migration: delete or change those rows in it too"
            ),
            Self::Failed { slice, entry, cause } => {
                write!(f, "migration `{entry}` of slice `{slice}` cannot be applied: {cause}")
            }
            Self::Store { cause } => write!(f, "the migrations cannot be read or written: {cause}"),
        }
    }
}

impl StdError for MigrateError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Failed { cause, .. } | Self::Store { cause } => cause.source(),
            _ => None,
        }
    }
}
