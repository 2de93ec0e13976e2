//! The writer: the one thread that writes, in groups that share a commit.
//!
//! A group is what queued while the one before it was committed. Each of several writes has a savepoint of its own, so an error or a
//! panic undoes that write and nothing else. After the commit the changed topics are published, and only then is
//! anybody answered. *Invariant: a write that is answered with success is in the file.*

mod answers;
mod failure;

use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tracing::Span;

use crate::decl::Keyed;
use crate::error::{Error, Result};
use crate::store::written::Counter;
use crate::store::{Connection, Group, Job, OnCommit, OnGroup, Tx, Write, closed, panicked};
use crate::topic::{Changed, Topics};

use super::connection::{Access, Connected};
use super::log::{self, Log, Tended};
use super::queue::Queue;
use super::transaction::{Savepoint, Transaction};
pub(super) use answers::answer;
use answers::{Answers, Ran};
use failure::{Lost, begin_failed};

/// A write that waits, and what was going on where it was queued.
pub(super) struct Queued {
    pub(super) write: Write,
    pub(super) span: Span,
}

/// What the writer shares with the store that it belongs to.
pub(super) struct Shared {
    /// The writes that wait.
    pub(super) queue: Queue<Queued>,
    /// Who hears what commits changed.
    pub(super) hear: RwLock<Option<OnCommit>>,
    /// Whether each write is committed by itself: so it must be where the schema has deferred constraints, which SQLite
    /// checks at the commit, where one write's mistake would fail its whole group.
    pub(super) alone: AtomicBool,
    /// The tables that are watched by their keys.
    pub(super) keyed: RwLock<Arc<[Keyed]>>,
    /// The most writes in a group.
    pub(super) group: usize,
    /// A write that takes longer is named in the log.
    pub(super) slow: Duration,
    /// What was committed.
    pub(super) counter: Counter,
    /// Who hears of each commit.
    pub(super) hear_groups: OnceLock<OnGroup>,
    /// Whether the last group could not be kept.
    pub(super) failing: AtomicBool,
}

/// Runs the queue's writes until it is closed and empty, then leaves the log as short as others' readers allow.
pub(super) fn run(raw: rusqlite::Connection, mover: rusqlite::Connection, shared: &Shared) {
    let _gone = Gone(shared);
    let connection = Rc::new(Connected::new(raw, Access::Write));
    log::moved_beside(mover, |log| {
        answers::beside(|answers| match Writer::new(&connection, log, answers, shared) {
            Ok(mut writer) => writer.run(),
            // Only without memory: these statements name nothing.
            Err(cause) => tracing::error!(%cause, "the writer could not start"),
        });
    });
    log::shorten(connection.raw());
}

/// Nobody waits for a writer that is gone, whatever ended it.
struct Gone<'a>(&'a Shared);

impl Drop for Gone<'_> {
    fn drop(&mut self) {
        self.0.queue.close();
        while let Some(queued) = self.0.queue.pop() {
            answer(queued.write, Err(closed()));
        }
    }
}

struct Writer<'a> {
    connection: &'a Rc<Connected>,
    transaction: Transaction<'a>,
    savepoint: Savepoint<'a>,
    log: Tended<'a>,
    answers: &'a Answers,
    shared: &'a Shared,
}

impl<'a> Writer<'a> {
    fn new(
        connection: &'a Rc<Connected>,
        log: &'a Log,
        answers: &'a Answers,
        shared: &'a Shared,
    ) -> rusqlite::Result<Self> {
        Ok(Self {
            connection,
            transaction: Transaction::writing(connection.raw())?,
            savepoint: Savepoint::new(connection.raw())?,
            log: Tended::new(connection.raw(), log),
            answers,
            shared,
        })
    }

    fn run(&mut self) {
        let mut waiting = VecDeque::new();
        while self.shared.queue.take(self.shared.group, &mut waiting) {
            while !waiting.is_empty() {
                self.group(&mut waiting);
                self.log.tend();
            }
        }
    }

    /// Runs writes from the front of `waiting` in one transaction and answers them. Stops early where SQLite gave the
    /// transaction up: what is left has lost nothing and runs in the next one.
    fn group(&mut self, waiting: &mut VecDeque<Queued>) {
        self.connection.watch(&self.shared.keyed.read().unwrap_or_else(PoisonError::into_inner));
        if let Err(cause) = self.transaction.begin() {
            tracing::error!(%cause, writes = waiting.len(), "no transaction could be opened");
            for queued in waiting.drain(..) {
                answer(queued.write, Err(begin_failed(&cause)));
            }
            return;
        }
        let most = if self.shared.alone.load(Ordering::Relaxed) { 1 } else { waiting.len() };
        let mut ran = Vec::with_capacity(most);
        let mut changed = Changed::default();
        let mut now = Instant::now();
        while ran.len() < most && self.transaction.is_open() {
            let Some(queued) = waiting.pop_front() else { break };
            ran.push(self.write(queued, most == 1, &mut now, &mut changed));
        }
        self.finish(ran, &changed.topics());
    }

    /// Runs one write; adds to `changed` what it changed, if it may be kept, and sets the clock on. In its savepoint, but where it is alone
    /// in its group: then its failure is the transaction's.
    fn write(
        &mut self,
        Queued { mut write, span }: Queued,
        alone: bool,
        now: &mut Instant,
        changed: &mut Changed,
    ) -> Ran {
        let tx = Tx::new(Rc::clone(self.connection) as Rc<dyn Connection>);
        let result = span
            .in_scope(|| if alone { caught(&mut *write, &tx) } else { self.in_savepoint(&mut *write, &tx) });
        let (wrote, others) = tx.take_changed();
        let started = std::mem::replace(now, Instant::now());
        let took = now.duration_since(started);
        if took > self.shared.slow {
            let mut changed = Changed::default();
            changed.add(wrote.clone(), others.clone());
            span.in_scope(|| {
                tracing::warn!(
                    took_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
                    changed = ?changed.topics(),
                    "a slow write holds up every other one; compute before it, not in it"
                );
            });
        }
        if result.is_ok() {
            changed.add(wrote, others);
        }
        Ran { write, result }
    }

    fn in_savepoint(&mut self, write: &mut dyn Job, tx: &Tx) -> Result<()> {
        self.savepoint.set()?;
        let result = caught(write, tx);
        if !self.transaction.is_open() {
            // What the write itself says comes first; if it went on regardless, the group's fate is its answer.
            return result;
        }
        let kept = if result.is_ok() { self.savepoint.release() } else { self.savepoint.undo() };
        if let Err(cause) = kept {
            // What is in the transaction now is unknown, so none of it may be kept.
            tracing::error!(%cause, "a savepoint could not be ended");
            self.transaction.rollback();
            return result.and(Err(cause.into()));
        }
        result
    }

    /// Commits, publishes and answers, in this order.
    fn finish(&mut self, ran: Vec<Ran>, changed: &Topics) {
        let ended = self.end(&ran);
        self.shared.failing.store(ended.is_err(), Ordering::Relaxed);
        match &ended {
            Ok(()) if changed.is_empty() => {}
            Ok(()) => self.publish(changed),
            Err(lost) => tracing::error!(%lost, writes = ran.len(), "a group of writes was not kept"),
        }
        self.answers.give(ran, ended);
    }

    fn end(&mut self, ran: &[Ran]) -> std::result::Result<(), Lost> {
        if !self.transaction.is_open() {
            let cause = ran.last().and_then(|last| last.result.as_ref().err());
            return Err(Lost::Torn(cause.map_or_else(String::new, Error::chain)));
        }
        let kept = ran.iter().filter(|ran| ran.result.is_ok()).count();
        if kept == 0 {
            self.transaction.rollback();
            return Ok(());
        }
        let began = Instant::now();
        self.transaction.commit().map_err(|cause| Lost::Commit(Arc::new(cause)))?;
        self.shared.counter.committed(kept);
        if let Some(hear) = self.shared.hear_groups.get() {
            hear(Group { writes: kept, commit: began.elapsed() });
        }
        Ok(())
    }

    fn publish(&self, changed: &Topics) {
        let hear = self.shared.hear.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(hear) = hear
            && let Err(panic) = catch_unwind(AssertUnwindSafe(|| hear(changed)))
        {
            tracing::error!(cause = %panicked(&*panic), "what hears of commits panicked; pages may be stale");
        }
    }
}

fn caught(write: &mut dyn Job, tx: &Tx) -> Result<()> {
    catch_unwind(AssertUnwindSafe(|| write.run(tx))).unwrap_or_else(|panic| Err(panicked(&*panic)))
}

#[cfg(test)]
mod tests;
