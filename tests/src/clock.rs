//! A wall clock of the application's own, which a test sets while the application runs.
//!
//! libfaketime stands between the process and its C library. What measures durations, the monotonic clock, goes on as it is: that is
//! what a machine whose clock is set does to a process.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;
use tempfile::TempDir;

/// A clock that stands as far from this machine's as it was last told to.
#[derive(Debug)]
pub struct Clock {
    /// Has the file that says how far, which is read whenever somebody asks for the time.
    folder: TempDir,
    library: OsString,
}

impl Clock {
    /// One that is right.
    pub fn right() -> Self {
        let clock = Self {
            folder: tempfile::Builder::new().prefix("orion-clock-").tempdir().expect("a temporary folder"),
            library: library(),
        };
        clock.put(SystemTime::now());
        clock
    }

    /// Sets it, and it goes on from there.
    pub fn put(&self, to: SystemTime) {
        let now = SystemTime::now();
        let seconds = match to.duration_since(now) {
            Ok(ahead) => format!("+{}", ahead.as_secs()),
            Err(behind) => format!("-{}", behind.duration().as_secs()),
        };
        // The whole file or nothing of it: it is read meanwhile.
        let (beside, file) = (self.folder.path().join("new"), self.file());
        fs::write(&beside, seconds).expect("a file in the folder");
        fs::rename(beside, file).expect("a file in the folder");
    }

    /// What is needed around a process that lives by it.
    pub(crate) fn environment(&self) -> [(OsString, OsString); 5] {
        [
            ("LD_PRELOAD".into(), self.library.clone()),
            ("FAKETIME_TIMESTAMP_FILE".into(), self.file().into_os_string()),
            ("FAKETIME_NO_CACHE".into(), "1".into()),
            ("FAKETIME_DONT_FAKE_MONOTONIC".into(), "1".into()),
            // Times of files are what they are.
            ("NO_FAKE_STAT".into(), "1".into()),
        ]
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("offset")
    }
}

impl Drop for Clock {
    /// Removes what the library leaves of processes that were killed. Whoever lived by this clock is dropped before it.
    fn drop(&mut self) {
        let shared = fs::read_dir("/dev/shm").into_iter().flatten().filter_map(Result::ok);
        for file in shared {
            let name = file.file_name().to_string_lossy().into_owned();
            let process =
                ["faketime_shm_", "sem.faketime_sem_"].iter().find_map(|prefix| name.strip_prefix(prefix));
            if process.is_some_and(|id| !Path::new("/proc").join(id).exists()) {
                // Another test may have been faster.
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

/// Where the library is: what its own program puts into the environment, in the variant for several threads.
fn library() -> OsString {
    let told = Command::new("faketime").args(["-m", "now", "printenv", "LD_PRELOAD"]).output();
    let told = told.unwrap_or_else(|cause| panic!("faketime did not start (tests/run installs it): {cause}"));
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    String::from_utf8(told.stdout).expect("a path of text").trim().into()
}
