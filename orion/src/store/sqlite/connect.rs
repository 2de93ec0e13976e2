//! How connections are opened: where the file is, and what is set on each of them.

use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::OpenError;
use super::options::Synchronous;

/// How long a statement waits for a lock that another program holds.
pub(super) const BUSY: Duration = Duration::from_secs(5);

/// For every connection. The log is cut back to 64 MiB after a burst; of the file up to 256 MiB are read without copying: measured on a
/// million rows, a row by its key takes 0.88 µs with it, 1.0 µs without, and 1.9 µs without and with SQLite's own small cache.
const COMMON: &str = "pragma mmap_size = 268435456; pragma journal_size_limit = 67108864;";

/// What SQLite keeps for a statement, such as what it sorts, is in memory and not in files.
const TEMPORARY: &str = "pragma temp_store = memory;";

/// The one path of the file, whatever symbolic links and relative paths it was given as, so that the lock is one too. A
/// file that is not there is made, empty: then it has such a path.
pub(super) fn locate(path: &Path) -> Result<PathBuf, OpenError> {
    let failed = |cause| OpenError::from_io(path, cause);
    let found = match path.canonicalize() {
        Err(cause) if cause.kind() == ErrorKind::NotFound && path.file_name().is_some() => {
            // Only where there is none: to close a file takes away every lock that this process has on it, SQLite's too
            // (<https://www.sqlite.org/howtocorrupt.html>, section 2.2).
            File::options().write(true).create(true).truncate(false).open(path).map_err(failed)?;
            path.canonicalize()
        }
        found => found,
    };
    match found {
        Ok(found) if !found.is_dir() => Ok(found),
        Err(cause) if path.file_name().is_some() => Err(failed(cause)),
        Ok(_) | Err(_) => Err(OpenError::NotAFile { path: path.to_owned() }),
    }
}

/// A connection that writes. Creates the file where there is none and keeps a write-ahead log from then on.
pub(super) fn writer(path: &Path, synchronous: Synchronous) -> Result<Connection, OpenError> {
    let failed = |cause| OpenError::from_sqlite(path, cause);
    let connection = open(path, OpenFlags::SQLITE_OPEN_CREATE).map_err(failed)?;
    if connection.is_readonly("main").map_err(failed)? {
        return Err(OpenError::ReadOnly { path: path.to_owned() });
    }
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0)).map_err(failed)?;
    if mode != "wal" {
        return Err(OpenError::NoWal { path: path.to_owned(), mode });
    }
    // `fullfsync` is for macOS, where a plain fsync leaves the data in the drive's cache.
    let synchronous = match synchronous {
        Synchronous::Full => "pragma synchronous = full; pragma fullfsync = on;",
        Synchronous::Normal => "pragma synchronous = normal;",
    };
    connection.execute_batch(synchronous).map_err(failed)?;
    connection.execute_batch("pragma foreign_keys = on; pragma cache_size = -65536;").map_err(failed)?;
    if !temporary_files_are_possible() {
        connection.execute_batch(TEMPORARY).map_err(failed)?;
    }
    // Reads the whole schema: a damaged one is found now and not at the first visit.
    connection.query_row("select count(*) from sqlite_schema", [], |_| Ok(())).map_err(failed)?;
    Ok(connection)
}

/// Whether SQLite finds a folder for them (<https://www.sqlite.org/tempfiles.html>, section 5): in a container whose root is read-only it
/// may find none.
///
/// Then the writer does without. Else not: of a page that a write changes its savepoint keeps a copy, with `temp_store = memory` in
/// pieces of 1 kB, each of which is asked for and given back, a tenth of a small write (`memjrnlWrite`). Without, 64 kB are kept in one
/// piece, and what is more in a file.
fn temporary_files_are_possible() -> bool {
    // A database without a name is such a file, once it is more than its cache.
    let probe = Connection::open("").and_then(|temporary| {
        temporary.execute_batch("pragma cache_size = 1; create table probe as select zeroblob(1000000) as x")
    });
    probe.is_ok()
}

/// A connection that cannot change the file; the file must be there.
pub(super) fn reader(path: &Path) -> Result<Connection, OpenError> {
    let failed = |cause| OpenError::from_sqlite(path, cause);
    // Not opened read-only: even a reader of a write-ahead log writes to the memory that it shares with others.
    let connection = open(path, OpenFlags::empty()).map_err(failed)?;
    connection.execute_batch("pragma query_only = on; pragma cache_size = -16384;").map_err(failed)?;
    connection.execute_batch(TEMPORARY).map_err(failed)?;
    Ok(connection)
}

fn open(path: &Path, more: OpenFlags) -> rusqlite::Result<Connection> {
    // Neither URIs, so that a path is a path, nor mutexes: a connection stays on one thread.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY)?;
    // A file that came from somewhere else cannot run what it carries, and no SQL can damage the file as such.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.execute_batch(COMMON)?;
    Ok(connection)
}
