//! How long the statements of one read may run: SQLite asks now and then whether it should go on.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::ffi::ErrorCode;

use crate::error::Error;

/// After how many steps of its machine SQLite asks: about every millisecond.
const STEPS: i32 = 10_000;

/// When the read that runs on a connection must be over.
pub(super) struct Deadline {
    limit: Duration,
    start: Instant,
    /// In microseconds after `start`. Relaxed: one thread writes and reads it, and the type must say otherwise.
    over: Arc<AtomicU64>,
}

impl Deadline {
    /// Lets the statements of each read on this connection run for so long together.
    pub(super) fn on(connection: &rusqlite::Connection, limit: Duration) -> rusqlite::Result<Self> {
        let (start, over) = (Instant::now(), Arc::new(AtomicU64::new(u64::MAX)));
        let asked = Arc::clone(&over);
        connection
            .progress_handler(STEPS, Some(move || micros(start.elapsed()) > asked.load(Ordering::Relaxed)))?;
        Ok(Self { limit, start, over })
    }

    /// A read begins.
    pub(super) fn begin(&self) {
        self.over.store(micros(self.start.elapsed().saturating_add(self.limit)), Ordering::Relaxed);
    }
}

fn micros(duration: Duration) -> u64 {
    u64::try_from(duration.as_micros()).unwrap_or(u64::MAX)
}

/// Why a statement did not go on.
pub(super) fn why(cause: rusqlite::Error) -> Error {
    if cause.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
        return Error::internal(
            "it was ended, because what is read at once took longer than `read_timeout`: let it read less, or give it an index",
        );
    }
    cause.into()
}
