//! One kind of read, again and again, in a process of its own.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use super::{bare, ours};
use crate::child::Who;
use crate::{Outcome, clock};

/// What is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Work {
    /// A row by its key, another one each time.
    Point,
    /// The first hundred rows.
    Hundred,
    /// These as markup.
    Render,
}

impl Work {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Hundred => "hundred",
            Self::Render => "render",
        }
    }
}

/// Who reads what for how long.
#[derive(Debug, Args)]
pub(crate) struct Times {
    who: Who,
    file: PathBuf,
    #[arg(long)]
    work: Work,
    #[arg(long)]
    seconds: f64,
}

/// The CPU time of one read, in microseconds.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Timed {
    pub(super) micros: f64,
}

pub(crate) fn run(times: &Times) -> Outcome<Timed> {
    let read = match times.who {
        Who::Orion => ours::run,
        _ => bare::run,
    };
    Ok(Timed { micros: read(&times.file, times.work, times.seconds)? })
}

/// Calls `read` with the number of each call until the time is over; the CPU microseconds of one.
pub(super) fn repeat(seconds: f64, mut read: impl FnMut(u64)) -> f64 {
    let batch = 200;
    (0..batch).for_each(&mut read);
    let (start, long) = (Instant::now(), Duration::from_secs_f64(seconds));
    let before = clock::cpu(None).unwrap_or_default();
    let mut count = 0_u32;
    while start.elapsed() < long {
        (0..batch).for_each(|at| read(u64::from(count) + at));
        count += 200;
    }
    let used = clock::cpu(None).unwrap_or_default() - before;
    used * 1e6 / f64::from(count)
}

/// A key of one of the first hundred thousand rows, scattered.
pub(super) fn key(number: u64, rows: i64) -> i64 {
    let scattered = i64::try_from(number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20).unwrap_or(0);
    scattered % rows.min(100_000) + 1
}
