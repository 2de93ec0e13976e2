//! How much a store has written since it was opened.

use std::sync::atomic::{AtomicU64, Ordering};

/// How much a store has written since it was opened.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Transactions that were committed.
    pub commits: u64,
    /// Writes in them that were kept.
    pub writes: u64,
}

/// Counts it; the writer is the only one that does.
#[derive(Default)]
pub(super) struct Counter {
    commits: AtomicU64,
    writes: AtomicU64,
}

impl Counter {
    /// A commit kept so many writes.
    pub(super) fn committed(&self, writes: usize) {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.writes.fetch_add(writes as u64, Ordering::Relaxed);
    }

    pub(super) fn written(&self) -> Written {
        Written { commits: self.commits.load(Ordering::Relaxed), writes: self.writes.load(Ordering::Relaxed) }
    }
}
