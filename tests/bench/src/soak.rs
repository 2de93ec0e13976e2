//! A long time of many streams and a steady stream of commands: memory must stay, every stream must end with the truth, and nothing may
//! be in the log.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use clap::Args;
use serde::{Deserialize, Serialize};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::{MissedTickBehavior, interval};

use crate::child::{self, Who};
use crate::disk::Disk;
use crate::live::server::{Server, What};
use crate::live::{Connection, Crowd};
use crate::size::Size;
use crate::{Outcome, clock};

/// The client's side.
#[derive(Debug, Args)]
pub(crate) struct Soak {
    address: SocketAddr,
    /// The id of the server's process
    server: u32,
    #[arg(long)]
    streams: usize,
    /// Commands a second
    #[arg(long)]
    commands: u32,
    #[arg(long)]
    seconds: u64,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Soaked {
    /// The server's memory at equal distances, in bytes.
    memory: Vec<u64>,
    commands: u64,
    /// From the last command to the last stream's last byte, in milliseconds.
    late: f64,
    /// Streams that received nothing after the last command though it changed what they show.
    behind: usize,
    /// How many of the streams that were decoded ended with something else than their page shows.
    wrong: usize,
    decoded: usize,
}

/// How often the memory is looked at.
const LOOKS: u32 = 20;
/// How many send commands, each on a connection of its own.
const CALLERS: u32 = 32;

impl Soak {
    pub(crate) fn run(&self) -> Outcome<Soaked> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        LocalSet::new().block_on(&runtime, self.soak())
    }

    async fn soak(&self) -> Outcome<Soaked> {
        let visits = Crowd::visit(self.address, Some("/"), self.streams).await?;
        let crowd = Crowd::open(self.address, self.server, "br", visits).await?;
        let (start, long) = (Instant::now(), Duration::from_secs(self.seconds));
        let last = Rc::new(Cell::new(start));
        let mut callers = Vec::new();
        for caller in 0..CALLERS {
            let connection = Connection::open(self.address).await?;
            let pace = Duration::from_secs(1) * CALLERS / self.commands;
            let work = call(connection, crowd.cookie.clone(), caller, pace, start + long, Rc::clone(&last));
            callers.push(spawn_local(work));
        }
        let mut memory = Vec::new();
        let mut looks = interval(long / LOOKS);
        while start.elapsed() < long {
            looks.tick().await;
            memory.push(clock::resident(self.server)?);
        }
        let mut commands = 0;
        for caller in callers {
            commands += caller.await??;
        }
        let last = last.get();
        let late = crowd.settle(last, |_| true).await?;
        let behind = crowd.streams.iter().filter(|seen| seen.last.get() < last).count();
        let decoded = crowd.streams.iter().filter(|seen| seen.kept.is_some()).count();
        let wrong = crowd.wrong().await?;
        Ok(Soaked { memory, commands, late: late.as_secs_f64() * 1000.0, behind, wrong, decoded })
    }
}

/// Sends commands at a pace until the end, and says how many.
async fn call(
    mut connection: Connection,
    cookie: String,
    caller: u32,
    pace: Duration,
    end: Instant,
    last: Rc<Cell<Instant>>,
) -> Result<u64, String> {
    let mut pace = interval(pace);
    // Late commands are not made up for: the machine has no more to give.
    pace.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut count = 0;
    while Instant::now() < end {
        pace.tick().await;
        last.set(Instant::now());
        let command = format!("/todos/{}/toggle", caller + 1);
        connection.post(&command, &cookie).await.map_err(|cause| cause.to_string())?;
        count += 1;
    }
    Ok(count)
}

/// Runs it and prints what came of it.
pub(crate) fn measure(size: &Size, seconds: u64, commands: u32, disk: &Disk) -> Outcome<()> {
    let server = Server::start(Who::Orion, What::Todos, 100, 0, disk)?;
    let soaked: Soaked = child::result(&[
        "soak".to_owned(),
        server.address.to_string(),
        server.id().to_string(),
        format!("--streams={}", size.streams),
        format!("--commands={commands}"),
        format!("--seconds={seconds}"),
    ])?;
    let log = server.stop()?;
    let megabytes: Vec<u64> = soaked.memory.iter().map(|bytes| bytes >> 20).collect();
    println!(
        "{} streams, {} commands in {seconds} s, {commands} a second asked for",
        size.streams, soaked.commands
    );
    println!("memory at equal distances, MiB: {megabytes:?}");
    println!("from the last command to the last byte: {:.1} ms", soaked.late);
    println!("streams that received nothing after the last command: {}", soaked.behind);
    println!("streams decoded: {}, of which wrong: {}", soaked.decoded, soaked.wrong);
    println!("the server's log: {}", if log.is_empty() { "empty" } else { &log });
    Ok(())
}
