//! Why a file cannot be a store, in words that say what to do about it.

use std::error::Error as StdError;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why [`Sqlite::open`](super::Sqlite::open) did not open the file. Its text names the file and the way out.
#[derive(Debug)]
#[non_exhaustive]
pub enum OpenError {
    /// The folder that should hold the file does not exist.
    NoFolder {
        /// The database.
        path: PathBuf,
    },
    /// The path names a folder, or nothing.
    NotAFile {
        /// The database.
        path: PathBuf,
    },
    /// Another orion process has the file open.
    InUse {
        /// The database.
        path: PathBuf,
        /// The number of that process, where it is known.
        process: Option<u32>,
    },
    /// Another program holds SQLite's own lock for longer than five seconds.
    Busy {
        /// The database.
        path: PathBuf,
    },
    /// The file holds something else, or a damaged database.
    NotADatabase {
        /// The database.
        path: PathBuf,
        /// SQLite's own words.
        cause: Box<dyn StdError + Send + Sync>,
    },
    /// The file or its folder cannot be written.
    ReadOnly {
        /// The database.
        path: PathBuf,
    },
    /// There is no space left for it.
    Full {
        /// The database.
        path: PathBuf,
    },
    /// The file system cannot do what a write-ahead log needs.
    NoWal {
        /// The database.
        path: PathBuf,
        /// The journal mode that SQLite stayed in.
        mode: String,
    },
    /// Something else.
    Other {
        /// The database.
        path: PathBuf,
        /// What the system or SQLite said.
        cause: Box<dyn StdError + Send + Sync>,
    },
}

impl OpenError {
    pub(super) fn from_io(path: &Path, cause: io::Error) -> Self {
        let path = path.to_owned();
        match cause.kind() {
            ErrorKind::NotFound => Self::NoFolder { path },
            ErrorKind::IsADirectory => Self::NotAFile { path },
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly { path },
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::Full { path },
            _ => Self::Other { path, cause: cause.into() },
        }
    }

    pub(super) fn from_sqlite(path: &Path, cause: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match cause.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                Self::NotADatabase { path, cause: cause.into() }
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::ReadOnly { path }
            }
            Some(ErrorCode::DiskFull) => Self::Full { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy { path },
            _ => Self::Other { path, cause: cause.into() },
        }
    }

    /// The database that was to be opened.
    pub fn path(&self) -> &Path {
        match self {
            Self::NoFolder { path }
            | Self::NotAFile { path }
            | Self::InUse { path, .. }
            | Self::Busy { path }
            | Self::NotADatabase { path, .. }
            | Self::ReadOnly { path }
            | Self::Full { path }
            | Self::NoWal { path, .. }
            | Self::Other { path, .. } => path,
        }
    }
}

impl fmt::Display for OpenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the database `{}` cannot be opened: ", self.path().display())?;
        match self {
            Self::NoFolder { .. } => f.write_str(
                "its folder does not exist\n\
                 help: create the folder, or name another path",
            ),
            Self::NotAFile { .. } => f.write_str(
                "the path names a folder\n\
                 help: name a file in it, such as `app.db`",
            ),
            Self::InUse { process, .. } => {
                f.write_str("another orion process has it open")?;
                if let Some(process) = process {
                    write!(f, " (process {process})")?;
                }
                f.write_str(
                    "\nhelp: two processes on one file would not hear of each other's changes; stop the other \
                     one first, or give this one a file of its own",
                )
            }
            Self::Busy { .. } => f.write_str(
                "another program has kept it locked for five seconds\n\
                 help: close what writes to it, such as an open transaction in `sqlite3`",
            ),
            Self::NotADatabase { cause, .. } => write!(
                f,
                "it is not a sound SQLite database ({cause})\n\
                 help: name another path, or put a backup in its place",
            ),
            Self::ReadOnly { .. } => f.write_str(
                "the file or its folder cannot be written\n\
                 help: give this user the right to write both; SQLite keeps its log beside the file",
            ),
            Self::Full { .. } => f.write_str(
                "there is no space left on its disk\n\
                 help: make room, or name a path on another disk",
            ),
            Self::NoWal { mode, .. } => write!(
                f,
                "its file system cannot share memory between connections, which a write-ahead log needs \
                 (journal mode `{mode}`)\n\
                 help: keep it on a local disk, not on a network share",
            ),
            Self::Other { cause, .. } => write!(f, "{cause}"),
        }
    }
}

impl StdError for OpenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Other { cause, .. } | Self::NotADatabase { cause, .. } => Some(&**cause),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::path::Path;

    use rusqlite::ffi;

    use super::OpenError;

    fn sqlite(code: i32) -> OpenError {
        OpenError::from_sqlite(Path::new("a.db"), rusqlite::Error::SqliteFailure(ffi::Error::new(code), None))
    }

    fn system(kind: ErrorKind) -> OpenError {
        OpenError::from_io(Path::new("a.db"), Error::from(kind))
    }

    #[test]
    fn each_failure_has_words_of_its_own() {
        assert!(matches!(sqlite(ffi::SQLITE_NOTADB), OpenError::NotADatabase { .. }));
        assert!(matches!(sqlite(ffi::SQLITE_FULL), OpenError::Full { .. }));
        assert!(matches!(sqlite(ffi::SQLITE_READONLY), OpenError::ReadOnly { .. }));
        assert!(matches!(sqlite(ffi::SQLITE_BUSY), OpenError::Busy { .. }));
        assert!(matches!(sqlite(ffi::SQLITE_NOMEM), OpenError::Other { .. }));
        assert!(matches!(system(ErrorKind::StorageFull), OpenError::Full { .. }));
        assert!(matches!(system(ErrorKind::ReadOnlyFilesystem), OpenError::ReadOnly { .. }));
        assert!(matches!(system(ErrorKind::NotFound), OpenError::NoFolder { .. }));
    }

    #[test]
    fn the_text_names_the_file_and_the_way_out() {
        for error in [sqlite(ffi::SQLITE_FULL), sqlite(ffi::SQLITE_READONLY), system(ErrorKind::NotFound)] {
            let text = error.to_string();
            assert!(text.contains("`a.db`") && text.contains("\nhelp: "), "{text}");
        }
    }
}
