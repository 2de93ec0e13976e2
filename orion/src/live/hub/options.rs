//! What can be set about the hub.

use std::time::Duration;

/// How the hub works. The defaults are for production.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Options {
    /// The shortest time between two renders of one cell: the first change is shown at once, those that follow within
    /// this time become one frame. 16 ms; a region may have [another](crate::decl::Region::every).
    pub window: Duration,
    /// A stream that was silent for this long sends a ping. 15 s; the page takes three missed ones for a dead connection.
    pub ping: Duration,
    /// How many renders may be under way. The number of processors, but at least two: one that is slow must not hold up
    /// all others.
    pub renders: usize,
    /// How long a page or a region may be rendered before it is named in the log. 11 s.
    pub overdue: Duration,
    /// How many streams may be open. 20,000.
    pub streams: usize,
    /// How many streams one viewer may have open. 100.
    pub streams_per_viewer: usize,
    /// How many streams one client may have open, by its address. 1,000.
    pub streams_per_client: usize,
    /// How many bytes of frames are kept after newer ones took their place: a stream that lags is sent the difference to
    /// what it has for as long as that is kept, then a whole frame. 16 MiB. The frame before the newest is always kept.
    pub kept: usize,
    /// Whether pages show which regions fail, and why.
    pub development: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            window: Duration::from_millis(16),
            ping: Duration::from_secs(15),
            renders: std::thread::available_parallelism().map_or(2, |count| count.get().max(2)),
            overdue: Duration::from_secs(11),
            streams: 20_000,
            streams_per_viewer: 100,
            streams_per_client: 1000,
            kept: 16 << 20,
            development: false,
        }
    }
}
