//! Who may read the files, whose they are, and whether there is room for more.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::statvfs;

use super::Finding;

/// Less room than this is little for any database.
const LITTLE: u64 = 256 << 20;
/// Whoever is neither the owner nor of the owner's group.
const OTHERS: u32 = 0o007;

/// The findings about a database that is there, and about the key that is shown with a certificate.
pub(super) fn look(database: &Path, key: Option<&Path>) -> Vec<Finding> {
    let files = ["", "-wal", "-shm"].map(|end| beside(database, end));
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).filter(|file| file.exists()).collect();
    let mut findings = vec![private(files.iter().copied().chain(key)), owner(database, &files)];
    let needed = files.iter().filter_map(|file| file.metadata().ok()).map(|about| about.len()).sum();
    let folder = database.parent().filter(|folder| !folder.as_os_str().is_empty());
    findings.push(match statvfs(folder.unwrap_or(Path::new("."))) {
        Ok(disk) => room(disk.f_bavail.saturating_mul(disk.f_frsize), needed),
        Err(cause) => Finding::open(format!("the disk's room: {cause}")),
    });
    findings
}

fn beside(database: &Path, end: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(end);
    name.into()
}

fn private<'a>(files: impl Iterator<Item = &'a Path>) -> Finding {
    let read = |file: &&Path| fs::metadata(file).is_ok_and(|about| about.mode() & OTHERS != 0);
    let open: Vec<_> = files.filter(read).map(|file| file.display().to_string()).collect();
    if open.is_empty() {
        return Finding::well("the files are closed to other users");
    }
    Finding::wrong(
        format!("every user of this machine gets at {}, where secrets are", open.join(", ")),
        format!(
            "chmod o= {}; and `UMask=0077` where the application is started, as `unit` prints it",
            open.join(" ")
        ),
    )
}

/// The log beside the database belongs to who opened it last: after a command as root, the application cannot write it.
fn owner(database: &Path, files: &[&Path]) -> Finding {
    let owner = |file: &Path| fs::metadata(file).ok().map(|about| about.uid());
    let other: Vec<_> = files
        .iter()
        .filter(|file| owner(file) != owner(database))
        .map(|file| file.display().to_string())
        .collect();
    if other.is_empty() {
        return Finding::well("the files are one user's");
    }
    let (name, others) = (database.display(), other.join(" "));
    Finding::wrong(
        format!("{others} belongs to another user than {name}: the application cannot write both"),
        format!("chown --reference={name} {others}; run commands as the application's user"),
    )
}

/// Backups, `vacuum` and migrations that rebuild a table write as much again as there is.
fn room(free: u64, needed: u64) -> Finding {
    let megabytes = |bytes: u64| format!("{} MB", bytes / 1_000_000);
    if free >= needed.max(LITTLE) {
        return Finding::well(format!("{} are free on the disk", megabytes(free)));
    }
    Finding::wrong(
        format!("{} are free on the disk, and the database takes {}", megabytes(free), megabytes(needed)),
        format!(
            "make room for a copy of it, and for {} in any case, or move it to a larger disk",
            megabytes(LITTLE)
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_must_be_room_for_a_copy_and_some_in_any_case() {
        let is_wrong = |free, needed| matches!(room(free, needed), Finding::Wrong { .. });
        assert!(!is_wrong(LITTLE, 1000));
        assert!(is_wrong(LITTLE - 1, 1000));
        assert!(!is_wrong(5 << 30, 5 << 30));
        assert!(is_wrong((5 << 30) - 1, 5 << 30));
    }
}
