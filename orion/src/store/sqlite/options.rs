//! What can be chosen about the SQLite store. Plain data.

use std::thread::available_parallelism;
use std::time::Duration;

/// How a [`Sqlite`](super::Sqlite) store runs. The defaults are right for nearly every application.
///
/// ```
/// use orion::store::sqlite::{Options, Synchronous};
///
/// let options = Options::default().synchronous(Synchronous::Normal).readers(4);
/// assert_eq!(options.readers, 4);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// What an answered write survives.
    pub synchronous: Synchronous,
    /// How many threads read, each with its own connection: by default one a core, and at least two.
    pub readers: usize,
    /// How long the statements of one read may run together, before they are ended: 10 s by default.
    pub read_limit: Duration,
    /// How many writes may wait; one more is answered with status 503. 4,096 by default.
    pub queue: usize,
    /// How many writes share one commit at most. 1,024 by default.
    pub group: usize,
    /// A write that runs longer holds up everyone behind it, and is named in the log: 100 ms by default.
    pub slow: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            synchronous: Synchronous::Full,
            readers: available_parallelism().map_or(2, usize::from).max(2),
            read_limit: Duration::from_secs(10),
            queue: 4096,
            group: 1024,
            slow: Duration::from_millis(100),
        }
    }
}

impl Options {
    /// Sets what an answered write survives.
    #[must_use]
    pub fn synchronous(self, synchronous: Synchronous) -> Self {
        Self { synchronous, ..self }
    }

    /// Sets how many threads read; 0 counts as 1.
    #[must_use]
    pub fn readers(self, readers: usize) -> Self {
        Self { readers, ..self }
    }

    /// Sets how long the statements of one read may run together.
    #[must_use]
    pub fn read_limit(self, read_limit: Duration) -> Self {
        Self { read_limit, ..self }
    }

    /// Sets how many writes may wait; 0 counts as 1.
    #[must_use]
    pub fn queue(self, queue: usize) -> Self {
        Self { queue, ..self }
    }

    /// Sets how many writes share one commit at most; 0 counts as 1.
    #[must_use]
    pub fn group(self, group: usize) -> Self {
        Self { group, ..self }
    }

    /// Sets how long a write may run before it is named in the log.
    #[must_use]
    pub fn slow(self, slow: Duration) -> Self {
        Self { slow, ..self }
    }
}

/// What an answered write survives (<https://www.sqlite.org/pragma.html#pragma_synchronous>).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Synchronous {
    /// The process's death and the machine's: every commit waits for the disk.
    #[default]
    Full,
    /// The process's death. A power failure may undo the last commits, whole ones only; the file stays sound.
    Normal,
}
