//! The chromedriver process.

use crate::{DEADLINE, port};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use tokio::net::TcpStream;

/// A chromedriver on a port of its own; killed when dropped, and with it every Chromium it started: they are
/// connected by a pipe, and Chromium leaves when the other end does.
#[derive(Debug)]
pub(super) struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// `temporary` is where it and its Chromiums put their temporary files.
    pub(super) async fn start(temporary: &Path) -> Self {
        let program = on_path(&["chromedriver"]);
        let port = port::free();
        // An inherited pipe would keep whoever reads our output waiting after a test that was killed.
        let process = Command::new(&program)
            .arg(format!("--port={port}"))
            .env("TMPDIR", temporary)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{} did not start: {error}", program.display()));
        let mut driver = Self { process, port };
        driver.ready().await;
        driver
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// It prints nothing we could read, so the port is asked until it answers.
    async fn ready(&mut self) {
        let mut tries = tokio::time::interval(Duration::from_millis(10));
        let answered = async {
            while TcpStream::connect(("127.0.0.1", self.port)).await.is_err() {
                if let Ok(Some(status)) = self.process.try_wait() {
                    panic!("chromedriver ended at once with {status}");
                }
                tries.tick().await;
            }
        };
        tokio::time::timeout(DEADLINE, answered).await.expect("chromedriver listens on its port");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Both fail only for a process that has already ended.
        let _ = self.process.kill();
        let _ = self.process.wait();
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
