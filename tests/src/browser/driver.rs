//! The chromedriver process, and the end of all that it starts.

use crate::{in_time, port};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::net::TcpStream;

/// Runs chromedriver until its own input ends, which it does however the test process ends. Each line of the input is the
/// process id of a Chromium. A killed Chromium has children which write for a moment longer, so the folder is removed
/// until it stays away. Nobody reads its output: an inherited pipe would keep them waiting.
const SUPERVISOR: &str = r#"
    trap '' INT TERM HUP
    folder=$1 program=$2 port=$3
    TMPDIR="$folder" "$program" --port="$port" </dev/null &
    processes=$!
    while read -r chromium; do processes="$processes $chromium"; done
    kill -KILL $processes
    for try in 1 2 3 4 5 6 7 8 9 10; do
        rm -rf "$folder"
        sleep 0.5
        [ -e "$folder" ] || exit
    done
"#;

/// A chromedriver on a port of its own, with a temporary folder of its own. Both are gone soon after it is dropped, and
/// with them every Chromium it started.
#[derive(Debug)]
pub(super) struct Driver {
    port: u16,
    folder: PathBuf,
    /// Closed, it ends everything.
    input: Mutex<ChildStdin>,
    _supervisor: Child,
}

impl Driver {
    pub(super) async fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("orion-browser-").tempdir().expect("a temporary folder");
        let folder = folder.keep();
        let port = port::free();
        let mut supervisor = Command::new("sh")
            .args(["-c", SUPERVISOR, "supervisor"])
            .args([&folder, &on_path(&["chromedriver"])])
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell starts");
        let input = Mutex::new(supervisor.stdin.take().expect("it was asked for"));
        let driver = Self { port, folder, input, _supervisor: supervisor };
        in_time("chromedriver listened on its port", driver.listening()).await;
        driver
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// An empty profile for another viewer.
    pub(super) fn profile(&self) -> PathBuf {
        let profile = tempfile::Builder::new().prefix("profile-").tempdir_in(&self.folder);
        profile.expect("a folder in the temporary folder").keep()
    }

    /// Ends `chromium` together with the driver.
    pub(super) fn takes_along(&self, chromium: u64) {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(input, "{chromium}").expect("the supervisor reads until its input ends");
    }

    /// It prints nothing we could read, so the port is asked until it answers.
    async fn listening(&self) {
        let mut tries = tokio::time::interval(Duration::from_millis(10));
        while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
            tries.tick().await;
        }
    }
}

/// The first of `names` that is a file in a folder of `PATH`.
pub(super) fn on_path(names: &[&str]) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    names
        .iter()
        .flat_map(|name| std::env::split_paths(&path).map(move |folder| folder.join(name)))
        .find(|file| Path::is_file(file))
        .unwrap_or_else(|| {
            panic!(
                "none of {names:?} is on the PATH; `tests/run` installs them, or: apt-get install chromium chromium-driver"
            )
        })
}
