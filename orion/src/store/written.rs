//! How much a store has written since it was opened.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// How much a store has written since it was opened.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// Transactions that were committed.
    pub commits: u64,
    /// Writes in them that were kept.
    pub writes: u64,
    /// Writes that were not let in, because too many waited.
    pub refused: u64,
    /// Writes that wait now.
    pub waiting: usize,
}

/// A transaction that was committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// How many writes it kept.
    pub writes: usize,
    /// How long the commit took.
    pub commit: Duration,
}

/// Hears of each commit, on the writer's thread: it must be quick.
pub type OnGroup = Box<dyn Fn(Group) + Send + Sync>;

/// Counts it.
#[derive(Default)]
pub(super) struct Counter {
    commits: AtomicU64,
    writes: AtomicU64,
    refused: AtomicU64,
}

impl Counter {
    /// A commit kept so many writes.
    pub(super) fn committed(&self, writes: usize) {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.writes.fetch_add(writes as u64, Ordering::Relaxed);
    }

    /// A write was not let in.
    pub(super) fn refused(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn written(&self) -> Written {
        Written {
            commits: self.commits.load(Ordering::Relaxed),
            writes: self.writes.load(Ordering::Relaxed),
            refused: self.refused.load(Ordering::Relaxed),
            waiting: 0,
        }
    }
}
