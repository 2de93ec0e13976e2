//! Callers that send commands over HTTP, while a crowd watches what they change.

use std::cell::Cell;
use std::net::SocketAddr;
use std::rc::Rc;
use std::time::{Duration, Instant};

use clap::Args;
use serde::{Deserialize, Serialize};
use tokio::task::{LocalSet, spawn_local};
use tokio::time::sleep;

use super::{Connection, Crowd};
use crate::{Outcome, clock};

/// Who sends, and who watches.
#[derive(Debug, Args)]
pub(crate) struct Load {
    address: SocketAddr,
    /// The id of the server's process
    server: u32,
    #[arg(long)]
    streams: usize,
    #[arg(long)]
    callers: usize,
    #[arg(long)]
    seconds: f64,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Loaded {
    /// Commands a second.
    pub(crate) rate: f64,
    /// The server's CPU time of a command, in microseconds.
    pub(crate) cpu: f64,
    /// How many of the streams that were decoded ended with something else than their page shows.
    pub(crate) wrong: usize,
}

impl Load {
    pub(crate) fn run(&self) -> Outcome<Loaded> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        LocalSet::new().block_on(&runtime, self.load())
    }

    #[allow(clippy::cast_precision_loss)] // Far below 2^53.
    async fn load(&self) -> Outcome<Loaded> {
        // One more than watch, for its cookie.
        let visits = Crowd::visit(self.address, Some("/"), self.streams.max(1)).await?;
        let mut crowd = Crowd::open(self.address, self.server, "br", visits).await?;
        if self.streams == 0 {
            crowd.streams.clear();
        }
        let (done, stop) = (Rc::new(Cell::new(0_u64)), Rc::new(Cell::new(false)));
        let mut callers = Vec::new();
        for caller in 0..self.callers {
            let mut connection = Connection::open(self.address).await?;
            let (done, stop, cookie) = (Rc::clone(&done), Rc::clone(&stop), crowd.cookie.clone());
            callers.push(spawn_local(async move {
                let command = format!("/todos/{}/toggle", caller % 100 + 1);
                while !stop.get() {
                    connection.post(&command, &cookie).await.map_err(|cause| cause.to_string())?;
                    done.set(done.get() + 1);
                }
                Ok::<_, String>(())
            }));
        }
        sleep(Duration::from_secs_f64(self.seconds / 5.0)).await;
        let (count, used, start) = (done.get(), clock::cpu(Some(self.server))?, Instant::now());
        sleep(Duration::from_secs_f64(self.seconds)).await;
        let (count, seconds) = ((done.get() - count) as f64, start.elapsed().as_secs_f64());
        let cpu = (clock::cpu(Some(self.server))? - used) * 1e6 / count;
        stop.set(true);
        for caller in callers {
            caller.await??;
        }
        crowd.settle(Instant::now(), |_| true).await?;
        Ok(Loaded { rate: count / seconds, cpu, wrong: crowd.wrong().await? })
    }
}
