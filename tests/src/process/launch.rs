//! How an application is started: its arguments, its environment, where it writes.

use super::App;
use crate::{Clock, in_time, port};
use std::ffi::OsString;
use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;

/// Hands its own input over as systemd does a socket (`sd_listen_fds(3)`).
const HAND_OVER: &str = "exec 3<&0 0</dev/null; export LISTEN_FDS=1 LISTEN_PID=$$";

/// How an application is started.
///
/// ```no_run
/// # async fn test() {
/// use orion_tests::{App, binary};
///
/// let app = App::of(binary("todos")).env("ORION_LOG", "debug").start().await;
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Launch {
    program: PathBuf,
    arguments: Vec<OsString>,
    environment: Vec<(OsString, OsString)>,
    activated: bool,
    /// What its shell does before it becomes the program.
    first: String,
    /// Where its health is told.
    pub(super) health: Option<u16>,
    port: Option<u16>,
    /// The domain that it has a certificate for, and where that is.
    pub(super) secure: Option<(String, PathBuf)>,
    /// What is handed over at every start.
    socket: Option<Arc<TcpListener>>,
}

impl Launch {
    pub(super) fn new(program: PathBuf) -> Self {
        Self {
            program,
            arguments: Vec::new(),
            environment: Vec::new(),
            activated: false,
            first: String::new(),
            health: None,
            port: None,
            secure: None,
            socket: None,
        }
    }

    /// Keeps the socket open in place of the application, as systemd does, and hands it over at every start: while no process
    /// runs, connections wait.
    #[must_use]
    pub fn activated(self) -> Self {
        Self { activated: true, ..self }
    }

    /// Adds a command line argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }

    /// Sets an environment variable. Those named `ORION_…` that the tests themselves run under are not passed on.
    #[must_use]
    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Self {
        self.environment.push((name.into(), value.into()));
        self
    }

    /// Lets a shell do something first, such as `ulimit`, that then becomes the program.
    #[must_use]
    pub fn first(self, commands: &str) -> Self {
        Self { first: format!("{} {commands};", self.first), ..self }
    }

    /// Tells its health on a port of its own: see [`App::health`].
    #[must_use]
    pub fn health(self) -> Self {
        let port = port::free();
        Self { health: Some(port), ..self.env("ORION_HEALTH", format!("127.0.0.1:{port}")) }
    }

    /// Speaks TLS, with the certificate for `domain` that [`certificate::make`](crate::certificate::make) made in `folder`: see
    /// [`App::visitor`].
    #[must_use]
    pub fn secure(self, domain: &str, folder: &Path) -> Self {
        let (certificate, key) = (folder.join("fullchain.pem"), folder.join("privkey.pem"));
        self.certified(domain, &certificate).env("ORION_TLS_CERT", certificate).env("ORION_TLS_KEY", key)
    }

    /// Speaks TLS with a certificate for `domain` that it has from somebody whose own is in the file `root`.
    #[must_use]
    pub fn certified(self, domain: &str, root: &Path) -> Self {
        Self { secure: Some((domain.to_owned(), root.to_owned())), ..self }
    }

    /// Lives by this clock: see [`Clock`].
    #[must_use]
    pub fn by(mut self, clock: &Clock) -> Self {
        self.environment.extend(clock.environment());
        self
    }

    /// Listens on this port.
    #[must_use]
    pub fn at(self, port: u16) -> Self {
        Self { port: Some(port), ..self }
    }

    /// Starts it, on a free port if nothing else was said, in an empty folder, and waits until it answers HTTP.
    pub async fn start(self) -> App {
        let mut app = self.place();
        app.spawn().await;
        app
    }

    /// Starts it and waits for nothing: for one that cannot answer yet.
    pub fn begin(self) -> App {
        let mut app = self.place();
        app.begin();
        app
    }

    fn place(mut self) -> App {
        let home = tempfile::Builder::new().prefix("orion-app-").tempdir().expect("a temporary folder");
        std::fs::create_dir(home.path().join("work")).expect("a folder in the temporary folder");
        let port = self.port.unwrap_or_else(port::free);
        if self.activated {
            let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).expect("the port is free");
            self.socket = Some(Arc::new(socket));
            self = self.first(HAND_OVER);
        }
        App { launch: self, port, process: None, home }
    }

    /// Runs it to its end in an empty folder, for a command line that does not serve.
    pub async fn run(self) -> Output {
        let folder = tempfile::Builder::new().prefix("orion-run-").tempdir().expect("a temporary folder");
        let what = format!("{} {:?} ended", self.name(), self.arguments);
        let mut command = self.command(folder.path());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().unwrap_or_else(|error| panic!("{} did not start: {error}", self.name()));
        let killer = super::KillUnlessEnded::of(&child);
        let output = in_time(&what, tokio::task::spawn_blocking(move || child.wait_with_output())).await;
        killer.ended();
        output.expect("waiting does not panic").expect("a child can be waited for")
    }

    pub(super) fn set(&mut self, name: OsString, value: OsString) {
        self.environment.retain(|(known, _)| *known != name);
        self.environment.push((name, value));
    }

    pub(super) fn deploy(&mut self, program: PathBuf) {
        self.program = program;
    }

    /// The program's name.
    pub(super) fn name(&self) -> String {
        self.program.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(super) fn spawn(&self, port: u16, folder: &Path, log: &Path) -> Child {
        let log = File::options().create(true).append(true).open(log).expect("a log file");
        let mut command = self.command(folder);
        command
            .env("ORION_LISTEN", format!("127.0.0.1:{port}"))
            .stdout(log.try_clone().expect("a second handle to the log"))
            .stderr(log);
        command.spawn().unwrap_or_else(|error| panic!("{} did not start: {error}", self.program.display()))
    }

    /// The program with its arguments and its environment, in a folder.
    fn command(&self, folder: &Path) -> Command {
        let mut command = if self.first.is_empty() {
            Command::new(&self.program)
        } else {
            let mut command = Command::new("sh");
            command.arg("-c").arg(format!("{} exec \"$@\"", self.first)).arg("sh").arg(&self.program);
            command
        };
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.as_encoded_bytes().starts_with(b"ORION_"))
        {
            command.env_remove(name);
        }
        command
            .current_dir(folder)
            .args(&self.arguments)
            .envs(self.environment.iter().cloned())
            .stdin(self.input());
        command
    }

    fn input(&self) -> Stdio {
        self.socket.as_ref().map_or_else(Stdio::null, |socket| {
            OwnedFd::from(socket.try_clone().expect("a second handle to the socket")).into()
        })
    }
}
