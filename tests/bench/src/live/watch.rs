//! A crowd that watches one publish after the other.

use std::net::SocketAddr;
use std::time::Instant;

use clap::Args;
use serde::{Deserialize, Serialize};
use tokio::task::LocalSet;

use super::Crowd;
use crate::{Outcome, clock};

/// Who watches what.
#[derive(Debug, Args)]
pub(crate) struct Watch {
    address: SocketAddr,
    /// The id of the server's process
    server: u32,
    #[arg(long)]
    coding: String,
    #[arg(long)]
    streams: usize,
    #[arg(long)]
    publishes: usize,
    /// The page of each stream, `{}` for its number; without it there are no pages
    #[arg(long)]
    page: Option<String>,
    /// What is sent to publish, `{}` for a number
    #[arg(long)]
    command: String,
    /// The numbers go from 1 to this
    #[arg(long)]
    numbers: usize,
    /// Whether a publish is for the stream with its number only
    #[arg(long)]
    one: bool,
}

/// What they saw.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Watched {
    /// The server's memory that came with each stream, in bytes.
    pub(crate) memory: f64,
    /// The server's CPU time of each publish, in milliseconds.
    pub(crate) cpu: Vec<f64>,
    /// From each publish to the last stream's last byte, in milliseconds.
    pub(crate) late: Vec<f64>,
    /// The bytes of a publish on a stream.
    pub(crate) bytes: f64,
    /// How many of the streams that were decoded ended with something else than their page shows.
    pub(crate) wrong: usize,
}

impl Watch {
    pub(crate) fn run(&self) -> Outcome<Watched> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        LocalSet::new().block_on(&runtime, self.watch())
    }

    #[allow(clippy::cast_precision_loss)] // Far below 2^53.
    async fn watch(&self) -> Outcome<Watched> {
        let visits = Crowd::visit(self.address, self.page.as_deref(), self.streams).await?;
        let before = clock::resident(self.server)?;
        let mut crowd = Crowd::open(self.address, self.server, &self.coding, visits).await?;
        let after = clock::resident(self.server)?;
        let memory = after.saturating_sub(before) as f64 / self.streams as f64;
        // The first publishes find cold caches and new buffers.
        for number in 0..2 {
            self.publish(&mut crowd, number).await?;
        }
        let (mut cpu, mut late) = (Vec::new(), Vec::new());
        let received = crowd.bytes();
        for number in 2..self.publishes + 2 {
            let used = clock::cpu(Some(self.server))?;
            late.push(self.publish(&mut crowd, number).await?);
            cpu.push((clock::cpu(Some(self.server))? - used) * 1000.0);
        }
        let receivers = if self.one { 1 } else { self.streams };
        let bytes = (crowd.bytes() - received) as f64 / (self.publishes * receivers) as f64;
        let wrong = if self.page.is_some() { crowd.wrong().await? } else { 0 };
        Ok(Watched { memory, cpu, late, bytes, wrong })
    }

    /// Publishes, and says how late the last stream heard of it, in milliseconds.
    async fn publish(&self, crowd: &mut Crowd, number: usize) -> Outcome<f64> {
        let number = number % self.numbers + 1;
        let command = self.command.replace("{}", &number.to_string());
        let start = Instant::now();
        let cookie = crowd.cookie.clone();
        crowd.pages.post(&command, &cookie).await?;
        let only = self.one.then(|| std::rc::Rc::as_ptr(&crowd.streams[number - 1]));
        let concerned = |seen: *const super::Seen| only.is_none_or(|only| only == seen);
        let late = crowd.settle(start, |seen| !concerned(seen) || seen.last.get() > start).await?;
        Ok(late.as_secs_f64() * 1000.0)
    }
}
