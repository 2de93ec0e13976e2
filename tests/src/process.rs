//! The application under test as a process of its own: started, ended in every way a process ends, started again on
//! the same port and in the same folder.

mod build;
mod launch;

pub use build::binary;
pub use launch::Launch;

use crate::http::{Client, Response};
use crate::in_time;
use std::ffi::OsString;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::time::Duration;

/// A running application. It is killed when dropped; if that is because of a panic, its log is printed.
#[derive(Debug)]
pub struct App {
    launch: Launch,
    port: u16,
    process: Option<Child>,
    /// Holds `log` and, apart from it, `work`, which the application fills.
    home: tempfile::TempDir,
}

impl App {
    /// Starts `program` with nothing but its address in the environment; see [`Launch::start`].
    pub async fn start(program: impl Into<PathBuf>) -> Self {
        Self::of(program).start().await
    }

    /// For one that is started with options.
    pub fn of(program: impl Into<PathBuf>) -> Launch {
        Launch::new(program.into())
    }

    /// `http://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port it listens on, also after a restart.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The process id, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }

    /// A client of the application without cookies.
    pub fn client(&self) -> Client {
        Client::new(&self.url())
    }

    /// A new visitor through TLS, with the address `own`, any of 127.0.0.0/8: for one that was launched with
    /// [`secure`](Launch::secure).
    pub async fn visitor(&self, own: Ipv4Addr) -> io::Result<Client> {
        let (domain, root) = self.launch.secure.as_ref().expect("it was launched with `secure`");
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        // A handshake of TLS has 16 kB of state, which would be in every test's future.
        Box::pin(Client::secure(domain, server, root, own)).await
    }

    /// A client of the listener that tells its health.
    pub fn health(&self) -> Client {
        let port = self.launch.health.expect("it was launched with `health`");
        Client::new(&format!("http://127.0.0.1:{port}"))
    }

    /// The folder it runs in: its database and what else it writes.
    pub fn folder(&self) -> PathBuf {
        self.home.path().join("work")
    }

    /// What it has printed since the first start.
    pub fn log(&self) -> String {
        std::fs::read(self.log_file())
            .map(|log| String::from_utf8_lossy(&log).into_owned())
            .unwrap_or_default()
    }

    /// Waits until it has printed `text`.
    pub async fn wait_log(&self, text: &str) {
        let printed = async {
            let mut looks = tokio::time::interval(Duration::from_millis(10));
            while !self.log().contains(text) {
                looks.tick().await;
            }
        };
        in_time(&format!("the application printed {text:?}"), printed).await;
    }

    /// Sends SIGTERM and waits until it has ended.
    pub async fn term(&mut self) -> ExitStatus {
        self.signal("TERM");
        self.ended().await
    }

    /// Sends a signal, by its name without `SIG`, and does not wait for what comes of it.
    pub fn signal(&self, name: &str) {
        signal(name, self.id().expect("the application runs"));
    }

    /// Waits until it has ended, which something else brought about.
    pub async fn ended(&mut self) -> ExitStatus {
        let mut process = self.process.take().expect("the application runs");
        // Waited for on a thread, where waiting costs nothing; should that never end, the process is killed first.
        let killer = KillUnlessEnded::of(&process);
        let ended = tokio::task::spawn_blocking(move || process.wait());
        let status = in_time("the application ended", ended).await;
        killer.ended();
        status.expect("waiting does not panic").expect("a child can be waited for")
    }

    /// Ends it with SIGKILL: nothing is finished, flushed or closed.
    pub fn kill9(&mut self) {
        let mut process = self.process.take().expect("the application runs");
        process.kill().expect("a child can be killed");
        process.wait().expect("a child can be waited for");
    }

    /// Starts it again on the same port and in the same folder, after SIGTERM if it still runs.
    pub async fn restart(&mut self) {
        if self.process.is_some() {
            self.term().await;
        }
        self.spawn().await;
    }

    /// Runs another program from the next start on: a deployment.
    pub fn deploy(&mut self, program: impl Into<PathBuf>) {
        self.launch.deploy(program.into());
    }

    /// Sets an environment variable from the next start on.
    pub fn set_env(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.launch.set(name.into(), value.into());
    }

    /// Starts it again and waits for nothing: for one that cannot answer yet.
    pub fn begin(&mut self) {
        self.process = Some(self.launch.spawn(self.port, &self.folder(), &self.log_file()));
    }

    async fn spawn(&mut self) {
        self.begin();
        in_time("the application answered HTTP", self.answers()).await;
    }

    /// Asks until an answer comes; any will do. Nothing but its port tells when a process is ready.
    async fn answers(&mut self) {
        let mut tries = tokio::time::interval(Duration::from_millis(10));
        while self.try_root().await.is_err() {
            let process = self.process.as_mut().expect("it was just started");
            if let Ok(Some(status)) = process.try_wait() {
                panic!("the application ended before it answered, with {status}");
            }
            tries.tick().await;
        }
    }

    async fn try_root(&self) -> io::Result<Response> {
        let client = match self.launch.secure {
            Some(_) => self.visitor(Ipv4Addr::LOCALHOST).await?,
            None => self.client(),
        };
        client.get("/").try_send().await
    }

    fn log_file(&self) -> PathBuf {
        self.home.path().join("log")
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Some(process) = &mut self.process {
            // Both fail only for a process that has already ended.
            let _ = process.kill();
            let _ = process.wait();
        }
        if std::thread::panicking() {
            eprintln!("--- log of {}:\n{}--- end of the log", self.launch.name(), self.log());
        }
    }
}

/// Kills the process that is being waited for when the wait is given up.
#[derive(Debug)]
struct KillUnlessEnded(Option<u32>);

impl KillUnlessEnded {
    fn of(process: &Child) -> Self {
        Self(Some(process.id()))
    }

    fn ended(mut self) {
        self.0 = None;
    }
}

impl Drop for KillUnlessEnded {
    fn drop(&mut self) {
        if let Some(id) = self.0 {
            signal("KILL", id);
        }
    }
}

/// Sends a signal, by its name without `SIG`, to a process of the test's own.
// Through the shell: sending a signal otherwise takes unsafe code, and not every system has a program named `kill`.
pub fn signal(name: &str, process: u32) {
    let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {process}")).status();
    assert!(sent.is_ok_and(|status| status.success()), "process {process} did not take SIG{name}");
}
