//! What a write is told that failed through no fault of its own.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use rusqlite::ErrorCode;

use crate::error::Error;

/// No transaction could be opened, so the write did not run. Another program's lock passes; anything else is internal.
pub(super) fn begin_failed(cause: &rusqlite::Error) -> Error {
    match cause.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::refused(503, "Another program is writing to the database. Nothing was changed; try again.")
        }
        _ => Error::internal(cause.to_string()).while_doing("opening a transaction; nothing was written"),
    }
}

/// Why nothing of a group was kept, though its writes ran.
#[derive(Debug, Clone)]
pub(super) enum Lost {
    /// SQLite rolled the whole transaction back while the last of the writes ran, which says this.
    Torn(String),
    /// The commit failed.
    Commit(Arc<rusqlite::Error>),
}

impl Lost {
    /// The answer to each write of the group that has no error of its own.
    pub(super) fn answer(&self) -> Error {
        match self {
            // Trying again is right: in another group it may well be kept.
            Self::Torn(_) => {
                Error::refused(503, "This could not be saved, and nothing was changed; try again.")
            }
            Self::Commit(_) => self.clone().into(),
        }
    }
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Torn(cause) => write!(f, "SQLite rolled the transaction back: {cause}"),
            Self::Commit(cause) => {
                write!(f, "the commit failed, and nothing was written: {cause}")?;
                match cause.sqlite_error_code() {
                    // The system's own error does not come through SQLite.
                    Some(ErrorCode::SystemIoFailure) => f.write_str(
                        "; the kernel's log, `dmesg`, says what the disk or its file system has against it",
                    ),
                    _ => Ok(()),
                }
            }
        }
    }
}

impl StdError for Lost {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Torn(_) => None,
            Self::Commit(cause) => cause.source(),
        }
    }
}
