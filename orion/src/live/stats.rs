//! What a running application counts: renders, frames, bytes, writes. Numbers that only grow, and how many are here now.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// What an application did since it started, and who looks at it. Whoever wants a rate takes two and divides by the time between:
///
/// ```
/// use orion::live::Stats;
///
/// fn renders_a_second(before: &Stats, now: &Stats) -> f64 {
///     let renders = now.renders.saturating_sub(before.renders);
///     renders as f64 / now.uptime.saturating_sub(before.uptime).as_secs_f64()
/// }
/// ```
///
/// The numbers are taken one after the other while the application goes on: they are of one moment only as long as nothing happens.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Since the application started.
    pub uptime: Duration,
    /// Who looks at live pages now, each viewer once.
    pub viewers: usize,
    /// How many streams are open now: one for each tab that is looked at.
    pub streams: usize,
    /// How many regions are looked at now: each with its arguments, a personal one for each viewer.
    pub cells: usize,
    /// Pages and regions that are being rendered and do not come to an end: each keeps a reader.
    pub overdue: usize,
    /// Renders of regions that are looked at. First paint is none of them.
    pub renders: u64,
    /// Renders that gave something else than the one before.
    pub frames: u64,
    /// Frames that were sent: one that a hundred streams took counts a hundred times.
    pub sent: u64,
    /// How many bytes those were, as they were compressed. Without pings, and without the framing of HTTP.
    pub bytes: u64,
    /// Transactions that were committed.
    pub commits: u64,
    /// Writes in them that were kept: those of one group share a commit.
    pub writes: u64,
}

/// What streams have sent. Relaxed: nobody concludes anything from one number about another.
#[derive(Default)]
pub(super) struct Sent {
    frames: AtomicU64,
    bytes: AtomicU64,
}

impl Sent {
    /// A stream is sent a frame in so many bytes.
    pub(super) fn frame(&self, bytes: usize) {
        self.frames.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(super) fn frames(&self) -> u64 {
        self.frames.load(Ordering::Relaxed)
    }

    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}
