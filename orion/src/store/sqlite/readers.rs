//! The readers: threads that read, each through a connection of its own, and never wait for the writer.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use tracing::Span;

use crate::store::{Connection, Db, Read, panicked};

use super::connection::{Access, Connected};
use super::deadline::Deadline;
use super::queue::Queue;
use super::transaction::Transaction;

/// A read that waits, and what was going on where it was queued.
pub(super) struct Queued {
    pub(super) read: Read,
    pub(super) span: Span,
}

/// Runs the queue's reads, one snapshot each, until it is closed and empty. The statements of a read may take `limit` together.
pub(super) fn run(raw: rusqlite::Connection, queue: &Queue<Queued>, limit: Duration) {
    let connection = Rc::new(Connected::new(raw, Access::Read));
    let deadline = Deadline::on(connection.raw(), limit);
    let reading = Transaction::reading(connection.raw()).and_then(|reading| Ok((reading, deadline?)));
    let (mut transaction, deadline) = match reading {
        Ok(ready) => ready,
        Err(cause) => {
            // Only without memory: these statements name nothing. Nobody may wait for readers that are not there.
            tracing::error!(%cause, "a reader could not start");
            queue.close();
            return;
        }
    };
    let db = Db::new(Rc::clone(&connection) as Rc<dyn Connection>);
    while let Some(Queued { read, span }) = queue.pop() {
        deadline.begin();
        span.in_scope(|| one(&mut transaction, &db, read));
    }
}

fn one(transaction: &mut Transaction<'_>, db: &Db, read: Read) {
    // What the job before this one read is none of this one's business.
    db.take_reads();
    if let Err(cause) = transaction.begin() {
        // The job still runs, because somebody waits for it; each of its statements says that no transaction is open.
        tracing::error!(%cause, "no transaction could be opened for a read");
    }
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| read(db))) {
        tracing::error!(cause = %panicked(&*panic), "a read let its panic through");
    }
    // There is nothing to commit, and a rollback cannot fail for want of anything.
    transaction.rollback();
}
