//! The callers, in a process of their own with the store that they call.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::{floor, hand, ours};
use crate::child::Who;
use crate::{Outcome, clock, todos};

/// What each command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Work {
    /// Adds a row.
    Insert,
    /// Changes a row anywhere in the table.
    Flip,
}

impl Work {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Insert => "insert",
            Self::Flip => "flip",
        }
    }
}

/// Who calls what, how often and for how long.
#[derive(Debug, Args)]
pub(crate) struct Calls {
    who: Who,
    pub(super) file: PathBuf,
    #[arg(long)]
    pub(super) work: Work,
    #[arg(long)]
    pub(super) sync: String,
    #[arg(long)]
    pub(super) callers: usize,
    #[arg(long)]
    pub(super) seconds: f64,
}

/// What came of it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Called {
    pub(super) commands: f64,
    pub(super) seconds: f64,
    /// Seconds.
    pub(super) cpu: f64,
    /// The longest that a caller waited, in milliseconds.
    pub(super) slowest: f64,
}

/// One command: a number that no other has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Command {
    pub(super) work: Work,
    pub(super) number: u64,
    pub(super) rows: u64,
}

impl Command {
    pub(super) fn title(self) -> String {
        todos::title(self.rows + self.number)
    }

    /// A row anywhere in the table: the same sequence for each side.
    pub(super) fn id(self) -> i64 {
        let scattered = self.number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 17;
        i64::try_from(scattered % self.rows + 1).unwrap_or(1)
    }
}

/// Calls, and counts.
pub(crate) fn run(calls: &Calls) -> Outcome<Called> {
    let rows = trim(&calls.file)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let counted = runtime.block_on(async {
        match calls.who {
            Who::Floor => floor::count(calls, rows),
            Who::Hand => {
                let db = Arc::new(Mutex::new(hand::connect(&calls.file, &calls.sync)?));
                count(calls, rows, move |command| hand::command(Arc::clone(&db), command)).await
            }
            Who::Orion => {
                let store = ours::open(&calls.file, &calls.sync)?;
                let sent = Arc::clone(&store);
                let counted =
                    count(calls, rows, move |command| ours::command(Arc::clone(&sent), command)).await;
                store.close();
                counted
            }
        }
    })?;
    Ok(counted)
}

/// Removes what an earlier measurement added, and says how many rows are left.
fn trim(file: &Path) -> Outcome<u64> {
    let made: u64 = file
        .file_stem()
        .and_then(|stem| stem.to_str()?.strip_prefix("rows-")?.parse().ok())
        .ok_or("the file's name must say how many rows it was made with")?;
    let raw = rusqlite::Connection::open(file)?;
    raw.execute("delete from todos where id > ?", [i64::try_from(made)?])?;
    raw.execute_batch("pragma wal_checkpoint(truncate)")?;
    Ok(made)
}

async fn count<F>(
    calls: &Calls,
    rows: u64,
    command: impl Fn(Command) -> F + Clone + Send + 'static,
) -> Outcome<Called>
where
    F: Future<Output = ()> + Send,
{
    let (next, done) = (Arc::new(AtomicU64::new(1)), Arc::new(AtomicU64::new(0)));
    let (stop, slowest) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let callers: Vec<_> = (0..calls.callers)
        .map(|_| {
            let (next, done, stop) = (Arc::clone(&next), Arc::clone(&done), Arc::clone(&stop));
            let slowest = Arc::clone(&slowest);
            let (command, work) = (command.clone(), calls.work);
            tokio::spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let start = Instant::now();
                    command(Command { work, number, rows }).await;
                    slowest.fetch_max(micros(start), Ordering::Relaxed);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    // The first calls find cold caches.
    tokio::time::sleep(Duration::from_secs_f64(calls.seconds / 5.0)).await;
    slowest.store(0, Ordering::Relaxed);
    let before = (done.load(Ordering::Relaxed), clock::cpu(None)?, Instant::now());
    tokio::time::sleep(Duration::from_secs_f64(calls.seconds)).await;
    let after = (done.load(Ordering::Relaxed), clock::cpu(None)?, before.2.elapsed());
    stop.store(true, Ordering::Relaxed);
    for caller in callers {
        caller.await?;
    }
    #[allow(clippy::cast_precision_loss)] // Far below 2^53.
    let (commands, slowest) = ((after.0 - before.0) as f64, slowest.load(Ordering::Relaxed) as f64 / 1000.0);
    Ok(Called { commands, seconds: after.2.as_secs_f64(), cpu: after.1 - before.1, slowest })
}

fn micros(since: Instant) -> u64 {
    since.elapsed().as_micros().try_into().unwrap_or(u64::MAX)
}
