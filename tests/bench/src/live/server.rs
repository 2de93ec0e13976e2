//! The servers, each a process of its own.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, ChildStderr, Stdio};
use std::time::{Duration, Instant};

use clap::Args;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use orion::App;
use orion::decl::Slice;
use orion::serve::{Config, Synchronous};

use super::{floor, hand};
use crate::child::Who;
use crate::disk::Disk;
use crate::{Outcome, boards, child, todos};

/// Which application a server is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum What {
    /// One list.
    Todos,
    /// Many boards.
    Boards,
}

/// Who serves what and where.
#[derive(Debug, Args)]
pub(crate) struct Serve {
    who: Who,
    address: SocketAddr,
    file: PathBuf,
    #[arg(long, value_enum, default_value_t = What::Todos)]
    what: What,
    /// The bytes of a frame of the floor
    #[arg(long, default_value_t = 0)]
    frame: usize,
}

impl Serve {
    pub(crate) fn run(&self) -> Outcome<()> {
        let hand = async { hand::serve(self.address, &self.file).await };
        match self.who {
            Who::Hand => tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(hand),
            Who::Orion => {
                let slice: &'static Slice = match self.what {
                    What::Todos => &todos::SLICE,
                    What::Boards => &boards::SLICE,
                };
                let mut config = Config::new("bench");
                config.listen = self.address;
                config.database.clone_from(&self.file);
                config.synchronous = Synchronous::Normal;
                config.development = false;
                "warn".clone_into(&mut config.log);
                config.streams = 100_000;
                config.streams_per_viewer = 100_000;
                config.streams_per_client = 100_000;
                config.connections_per_client = 100_000;
                App::new("bench").slice(slice).serve(&config)
            }
            Who::Floor => floor::serve(self.address, self.frame),
        }
    }
}

/// A server that runs until it is dropped.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    _folder: tempfile::TempDir,
}

impl Server {
    /// Starts one on a database of `rows` rows, and waits until it accepts connections.
    pub(crate) fn start(who: Who, what: What, rows: u64, frame: usize, disk: &Disk) -> Outcome<Self> {
        let folder = disk.scratch()?;
        let file = folder.path().join("live.db");
        match what {
            What::Todos => todos::fill(&file, rows)?,
            What::Boards => boards::fill(&file, rows)?,
        }
        // Free a moment ago.
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let what = if what == What::Todos { "todos" } else { "boards" };
        let arguments = [
            "serve",
            who.name(),
            &address.to_string(),
            &file.display().to_string(),
            &format!("--what={what}"),
            &format!("--frame={frame}"),
        ];
        let mut command = child::command(arguments)?;
        let process = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn()?;
        let mut server = Self { address, process, _folder: folder };
        let patience = Instant::now() + Duration::from_secs(30);
        while let Err(cause) = TcpStream::connect(address) {
            if Instant::now() > patience || server.process.try_wait()?.is_some() {
                return Err(format!("{} does not listen on {address}: {cause}", who.name()).into());
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(server)
    }

    /// The id of its process.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Asks it to end, waits, and returns what it wrote into its log.
    pub(crate) fn stop(mut self) -> Outcome<String> {
        kill(Pid::from_raw(self.id().try_into()?), Signal::SIGTERM)?;
        let mut log = String::new();
        let mut errors: ChildStderr = self.process.stderr.take().ok_or("its log was taken")?;
        std::io::Read::read_to_string(&mut errors, &mut log)?;
        self.process.wait()?;
        Ok(log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
