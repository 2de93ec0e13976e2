//! Where a browser's processes write, and the end of both.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

/// Ends the processes and removes their folder, until it stays away: the children of a process that was killed write
/// for a moment longer.
const CLEAR: &str = r#"
    folder=$1; shift
    [ $# -eq 0 ] || kill -KILL "$@"
    for try in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$folder"
        sleep 0.5
        [ -e "$folder" ] || exit
    done
"#;

/// A temporary folder with a profile for each viewer. Dropped, it is cleared behind the test's back: nobody waits.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    processes: Mutex<Vec<String>>,
}

impl Folder {
    pub(super) fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("orion-browser-").tempdir().expect("a temporary folder");
        Self { path: folder.keep(), processes: Mutex::default() }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// An empty profile for another viewer.
    pub(super) fn profile(&self) -> PathBuf {
        let profile = tempfile::Builder::new().prefix("profile-").tempdir_in(&self.path);
        profile.expect("a folder in the temporary folder").keep()
    }

    /// A Chromium that has to end before the folder can go.
    pub(super) fn in_use_by(&self, process: u64) {
        self.processes.lock().unwrap_or_else(PoisonError::into_inner).push(process.to_string());
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let processes = self.processes.get_mut().unwrap_or_else(PoisonError::into_inner);
        let cleared = Command::new("sh")
            .args(["-c", CLEAR, "sh"])
            .arg(&self.path)
            .args(processes)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Err(error) = cleared {
            eprintln!("{} stays behind: {error}", self.path.display());
        }
    }
}
