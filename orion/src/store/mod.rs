//! The store: where all shared truth is. A seam: this file names no database; `sqlite` is the only adapter and the only
//! place that names rusqlite.

mod db;
pub mod sqlite;
mod touched;
mod tx;
mod written;

pub use crate::topic::Parts;
pub use db::{Connection, Db};
pub use touched::{Ran, Touched};
pub use tx::{Changes, Tx};
pub use written::{Group, OnGroup, Written};

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::oneshot;

use crate::error::{Error, Result};
use crate::topic::Topics;

/// A read: sees one snapshot of the store from its first statement to its last.
pub type Read = Box<dyn FnOnce(&Db) + Send>;

/// A write, as it is queued.
pub type Write = Box<dyn Job>;

/// What a write does: in one allocation, because the writer frees what another thread asked for.
pub trait Job: Send {
    /// The work, inside the group's transaction, in a savepoint of its own. A panic or an error rolls that back. Called at most once.
    fn run(&mut self, tx: &Tx) -> Result<()>;

    /// Is told how it ended, after the group's commit: with the error of `run`, of the commit, or of not being let in. Called exactly
    /// once.
    fn done(self: Box<Self>, outcome: Result<()>);
}

/// A write of two functions.
pub fn job(
    run: impl FnOnce(&Tx) -> Result<()> + Send + 'static,
    done: impl FnOnce(Result<()>) + Send + 'static,
) -> Write {
    Box::new(Pair { run: Some(run), done })
}

struct Pair<R, D> {
    run: Option<R>,
    done: D,
}

impl<R: FnOnce(&Tx) -> Result<()> + Send, D: FnOnce(Result<()>) + Send> Job for Pair<R, D> {
    fn run(&mut self, tx: &Tx) -> Result<()> {
        self.run.take().map_or_else(|| Err(twice()), |run| run(tx))
    }

    fn done(self: Box<Self>, outcome: Result<()>) {
        (self.done)(outcome);
    }
}

/// A write whose value somebody waits for.
struct Waited<F, T> {
    work: Option<F>,
    value: Option<T>,
    answer: oneshot::Sender<Result<T>>,
}

impl<F: FnOnce(&Tx) -> Result<T> + Send, T: Send> Job for Waited<F, T> {
    fn run(&mut self, tx: &Tx) -> Result<()> {
        let work = self.work.take().ok_or_else(twice)?;
        self.value = Some(work(tx)?);
        Ok(())
    }

    fn done(self: Box<Self>, outcome: Result<()>) {
        let Self { value, answer, .. } = *self;
        let never = || Error::internal("the store answered a write that it never ran");
        // Nobody waits any more: the client went away.
        let _ = answer.send(outcome.and_then(|()| value.ok_or_else(never)));
    }
}

fn twice() -> Error {
    Error::internal("the store ran a write twice")
}

/// Hears what each commit changed, before anybody is answered.
pub type OnCommit = Arc<dyn Fn(&Topics) + Send + Sync>;

/// A store with one writer and many readers. Both calls return at once.
pub trait Store: Send + Sync + 'static {
    /// Runs a read on a thread with its own connection. The job catches its own panics.
    fn read(&self, job: Read);

    /// Queues a write. Where the queue is full, [`done`](Job::done) is called at once with status 503.
    fn write(&self, job: Write);

    /// Sets who hears what commits changed.
    fn on_commit(&self, hear: OnCommit);

    /// How much was written since the store was opened; nothing where the adapter does not count.
    fn written(&self) -> Written {
        Written::default()
    }
}

/// Runs `f` on a reader and waits for its result; a panic in it becomes an error.
pub async fn read<T: Send + 'static>(
    store: &dyn Store,
    f: impl FnOnce(&Db) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (answer, wait) = oneshot::channel();
    store.read(Box::new(move |db| {
        let result = catch_unwind(AssertUnwindSafe(|| f(db))).unwrap_or_else(|panic| Err(panicked(&*panic)));
        // Nobody waits any more: the client went away.
        let _ = answer.send(result);
    }));
    wait.await.unwrap_or_else(|_| Err(closed()))
}

/// Runs `f` in the writer's next group and waits until it is durable.
pub async fn write<T: Send + 'static>(
    store: &dyn Store,
    f: impl FnOnce(&Tx) -> Result<T> + Send + 'static,
) -> Result<T> {
    let (answer, wait) = oneshot::channel();
    store.write(Box::new(Waited { work: Some(f), value: None, answer }));
    wait.await.unwrap_or_else(|_| Err(closed()))
}

fn closed() -> Error {
    Error::refused(503, "The server is shutting down.")
}

/// The error for a caught panic, with its message.
pub fn panicked(panic: &(dyn Any + Send)) -> Error {
    let message = panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "with no message".to_owned());
    Error::internal(format!("panicked: {message}"))
}
