//! The write-ahead log: how long it is, and who moves it into the file, and when.
//!
//! SQLite would move it within a commit, and whoever waits for that commit would wait for the disk twice more. Here a thread of its
//! own, the mover, moves most of it while writes go on. The writer moves the little that was added meanwhile, between two groups and after
//! their answers; then all of it is moved, and the next write begins the log from its start.

use std::cell::Cell;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use super::connect;

/// So many pages are worth moving: 4 MB of log, as in SQLite's own choice.
const SOME: u32 = 1_000;

/// So many are too many: 64 MB. The writer moves them itself and waits for those who read from them.
const MOST: u32 = 16_000;

/// How long the writer waits for readers. Those of this process end sooner; another's, such as Litestream, may stay for ever.
const PATIENCE: Duration = Duration::from_millis(100);

thread_local! {
    /// The length of the log in pages, after this thread's last commit.
    static LENGTH: Cell<u32> = const { Cell::new(0) };
}

/// What the writer and the mover agree upon.
#[derive(Default)]
pub(super) struct Log {
    state: Mutex<State>,
    asked: Condvar,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The mover has nothing to do.
    #[default]
    Idle,
    /// It is asked to move, or moves.
    Moving,
    /// It has moved so many pages of the log, and the writer has not seen it yet.
    Moved(u32),
    /// It is to end.
    Closed,
}

/// Runs the writer's work with a mover beside it, whose connection is `raw`. It ends with the work, whatever ends that.
pub(super) fn moved_beside(raw: Connection, work: impl FnOnce(&Log)) {
    let log = &Log::default();
    thread::scope(|scope| {
        let mover = thread::Builder::new().name("orion-log".to_owned());
        let spawned = mover.spawn_scoped(scope, move || log.run(&raw));
        let _ends = Ends(log);
        if let Err(cause) = spawned {
            tracing::warn!(%cause, "nobody moves the write-ahead log while writes go on; the writer does when it is long");
        }
        work(log);
    });
}

struct Ends<'a>(&'a Log);

impl Drop for Ends<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

impl Log {
    /// The mover: moves whenever it is asked, until [`Log::close`].
    fn run(&self, raw: &Connection) {
        while self.is_asked() {
            let moved = checkpoint(raw, "passive").unwrap_or_else(|cause| {
                tracing::warn!(%cause, "the write-ahead log could not be moved into the database and grows");
                0
            });
            let mut state = self.state();
            if *state == State::Moving {
                *state = State::Moved(moved);
            }
        }
    }

    /// Ends the mover, once it has moved what it moves.
    fn close(&self) {
        *self.state() = State::Closed;
        self.asked.notify_one();
    }

    fn is_asked(&self) -> bool {
        let waits = |state: &mut State| matches!(state, State::Idle | State::Moved(_));
        let state = self.asked.wait_while(self.state(), waits).unwrap_or_else(PoisonError::into_inner);
        *state == State::Moving
    }

    /// What is to be done about a log of `length` pages, of which nobody is asked to move any below `next`.
    fn turn(&self, length: u32, next: u32) -> Turn {
        let mut state = self.state();
        match *state {
            _ if length >= MOST && length >= next => Turn::Writer,
            State::Moved(moved) if (moved..moved + SOME).contains(&length) => {
                *state = State::Idle;
                Turn::Writer
            }
            State::Idle | State::Moved(_) if length >= next => {
                *state = State::Moving;
                self.asked.notify_one();
                Turn::Mover
            }
            _ => Turn::Nobody,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Who moves pages now.
enum Turn {
    /// The writer, because little is left, or because it is too much.
    Writer,
    /// The mover, who was asked just now.
    Mover,
    Nobody,
}

/// The writer's side.
pub(super) struct Tended<'a> {
    raw: &'a Connection,
    log: &'a Log,
    /// The length at which somebody is asked next.
    next: u32,
    last: u32,
}

impl<'a> Tended<'a> {
    /// Watches what is committed through `raw`, on this very thread.
    pub(super) fn new(raw: &'a Connection, log: &'a Log) -> Self {
        // In place of SQLite's own, which moves within the commit.
        raw.wal_hook(Some(|_, pages| {
            LENGTH.set(pages.try_into().unwrap_or(0));
            Ok(())
        }));
        Self { raw, log, next: SOME, last: 0 }
    }

    /// Sees to the log, outside of a transaction and after the answers.
    pub(super) fn tend(&mut self) {
        let length = LENGTH.get();
        if length < self.last {
            // It began from its start.
            self.next = SOME;
        }
        self.last = length;
        if length < SOME {
            return;
        }
        let turn = self.log.turn(length, self.next);
        if !matches!(turn, Turn::Nobody) {
            // While somebody reads from the log it grows: not every group tries again.
            self.next = length + SOME;
        }
        if !matches!(turn, Turn::Writer) {
            return;
        }
        let done = if length < MOST { checkpoint(self.raw, "passive") } else { self.restart() };
        if let Err(cause) = done {
            tracing::warn!(%cause, pages = length, "the write-ahead log could not be moved into the database and grows");
        }
    }

    /// Moves everything, and waits a little for readers, so that the next write begins the log from its start.
    fn restart(&self) -> rusqlite::Result<u32> {
        self.raw.busy_timeout(PATIENCE)?;
        let done = checkpoint(self.raw, "restart");
        self.raw.busy_timeout(connect::BUSY)?;
        done
    }
}

/// Moves pages of the log into the file, and says how many of them are there now. A log that another connection moves at this moment is
/// left to it.
fn checkpoint(raw: &Connection, mode: &str) -> rusqlite::Result<u32> {
    let moved: i64 = raw.query_row(&format!("pragma wal_checkpoint({mode})"), [], |row| row.get(2))?;
    // Where it was left to another, -1.
    Ok(moved.try_into().unwrap_or(0))
}

/// Moves all of it, and leaves an empty one.
pub(super) fn shorten(raw: &Connection) {
    // Not worth waiting for: a reader of another process, such as Litestream, may stay for ever.
    let done =
        raw.busy_timeout(Duration::ZERO).and_then(|()| raw.execute_batch("pragma wal_checkpoint(truncate)"));
    if let Err(cause) = done {
        tracing::warn!(%cause, "the write-ahead log stays beside the database; nothing is lost, and a later checkpoint moves it");
    }
}

#[cfg(test)]
mod tests;
