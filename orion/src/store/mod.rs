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
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::oneshot;

use crate::error::{Error, Result};
use crate::topic::Topics;

/// A read: sees one snapshot of the store from its first statement to its last.
pub type Read = Box<dyn FnOnce(&Db) + Send>;

/// The work of a write.
pub type Work = Box<dyn FnOnce(&Tx) -> Result<()> + Send>;

/// What is told how a write ended.
pub type Done = Box<dyn FnOnce(Result<()>) + Send>;

/// A write: `run` inside the group's transaction, in a savepoint of its own; `done` after the group's commit, with the
/// error of `run`, of the commit, or of not being let in.
pub struct Write {
    /// The work. A panic or an error rolls its savepoint back.
    pub run: Work,
    /// Called exactly once.
    pub done: Done,
}

/// Hears what each commit changed, before anybody is answered.
pub type OnCommit = Arc<dyn Fn(&Topics) + Send + Sync>;

/// A store with one writer and many readers. Both calls return at once.
pub trait Store: Send + Sync + 'static {
    /// Runs a read on a thread with its own connection. The job catches its own panics.
    fn read(&self, job: Read);

    /// Queues a write. Where the queue is full, `done` is called at once with status 503.
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
    let slot = Arc::new(Mutex::new(None));
    let filled = Arc::clone(&slot);
    store.write(Write {
        run: Box::new(move |tx| {
            let value = f(tx)?;
            *filled.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
            Ok(())
        }),
        done: Box::new(move |result| {
            let _ = answer.send(result);
        }),
    });
    wait.await.unwrap_or_else(|_| Err(closed()))?;
    let value = slot.lock().unwrap_or_else(PoisonError::into_inner).take();
    value.ok_or_else(|| Error::internal("the store answered a write that it never ran"))
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
