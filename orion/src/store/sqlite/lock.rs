//! One writer a file: the lock that a second orion process finds taken. Knows the file system and no database.
//!
//! It is a lock of the operating system on a small file beside the database, so it is gone with its process, however that
//! ends, and the database itself stays open to `sqlite3` and other tools of SQLite.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::error::OpenError;

/// The lock, while it is held.
///
/// The file is never removed: a process that opened it just before would then hold a lock on a file that no third
/// process can see.
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock for the database at `path`, or says who has it.
    pub(super) fn take(path: &Path) -> Result<Self, OpenError> {
        let mut file = File::options()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside(path))
            .map_err(|cause| OpenError::from_io(path, cause))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(OpenError::InUse { path: path.to_owned(), process: holder(&mut file) });
            }
            Err(TryLockError::Error(cause)) => return Err(OpenError::from_io(path, cause)),
        }
        sign(&mut file).map_err(|cause| OpenError::from_io(path, cause))?;
        Ok(Self { file })
    }
}

impl Drop for Lock {
    /// Closing the file is not enough: a child process that is just being made has it too, until its program begins.
    fn drop(&mut self) {
        // Where it cannot be given back, closing it does.
        let _ = self.file.unlock();
    }
}

/// `todos.db-lock` for `todos.db`, as SQLite names its own companions.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-lock");
    name.into()
}

/// Leaves this process's number for whoever finds the lock taken. Always of one length, so that a file that is there
/// needs no more room: on a full disk the store must still open.
fn sign(file: &mut File) -> std::io::Result<()> {
    file.rewind()?;
    writeln!(file, "{:<10}", std::process::id())
}

fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    // Only a courtesy: the message is right without the number.
    file.take(11).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}
