//! The store in one SQLite file, through rusqlite: the only folder that names it.
//!
//! One thread writes (`writer`), a few read (`readers`), and the file is in WAL mode, so neither waits for the other; one more moves
//! the write-ahead log into the file (`log`).
//! SQLite's own tools work on the file while it is open; a second orion process is refused (`lock`).

mod check;
mod connect;
mod connection;
mod deadline;
mod error;
mod lock;
mod log;
mod meta;
mod migrate;
mod options;
mod queue;
mod readers;
mod text;
mod transaction;
mod watch;
mod writer;

pub use error::OpenError;
pub use migrate::{Edit, Entry, MigrateError, Trespass};
pub use options::{Options, Synchronous};

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, RwLock};
use std::thread::{self, JoinHandle};

use tracing::Span;

use super::written::Counter;
use super::{OnCommit, Read, Store, Write, Written, closed};
use crate::error::{Error, Result};
use lock::Lock;
use queue::{Queue, Refused};

/// A store in one SQLite file.
///
/// Dropping it finishes what is queued; [`Sqlite::close`] does so while others still hold the store.
///
/// ```
/// use orion::decl::Statement;
/// use orion::store::sqlite::{Options, Sqlite};
/// use orion::store;
/// # let folder = tempfile::tempdir()?;
/// # let path = folder.path().join("app.db");
///
/// const ONE: Statement = Statement::new("select 1");
///
/// let store = Sqlite::open(&path, &Options::default())?;
/// # tokio::runtime::Builder::new_current_thread().build()?.block_on(async {
/// let one: i64 = store::read(&store, |db| db.one(&ONE, &[])).await.unwrap();
/// assert_eq!(one, 1);
/// # });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Sqlite {
    path: PathBuf,
    options: Options,
    reads: Arc<Queue<readers::Queued>>,
    writes: Arc<writer::Shared>,
    threads: Mutex<Threads>,
}

/// What runs while the store is open.
#[derive(Default)]
struct Threads {
    readers: Vec<JoinHandle<()>>,
    writer: Option<JoinHandle<()>>,
}

impl Sqlite {
    /// Opens the file at `path`, which is created where there is none, and starts the threads.
    ///
    /// Beside it lie SQLite's `-wal` and `-shm` and orion's `-lock`, a few bytes that may stay.
    pub fn open(path: impl AsRef<Path>, options: &Options) -> Result<Self, OpenError> {
        let path = connect::locate(path.as_ref())?;
        let lock = Lock::take(&path)?;
        let writer = connect::writer(&path, options.synchronous)?;
        let alone =
            migrate::defers_constraints(&writer).map_err(|cause| OpenError::from_sqlite(&path, cause))?;
        let store = Self {
            reads: Arc::new(Queue::new(usize::MAX)),
            writes: Arc::new(writer::Shared {
                queue: Queue::new(options.queue.max(1)),
                hear: RwLock::new(None),
                alone: AtomicBool::new(alone),
                keyed: RwLock::default(),
                group: options.group.max(1),
                slow: options.slow,
                counter: Counter::default(),
                hear_groups: OnceLock::new(),
                failing: AtomicBool::new(false),
            }),
            threads: Mutex::default(),
            options: options.clone(),
            path,
        };
        // From here on an early return drops the store, which stops what was started.
        store.start(writer, lock)?;
        Ok(store)
    }

    fn start(&self, writer: rusqlite::Connection, lock: Lock) -> Result<(), OpenError> {
        let spawn = |name: String, work: Box<dyn FnOnce() + Send>| {
            let spawned = thread::Builder::new().name(name).spawn(work);
            spawned.map_err(|cause| OpenError::from_io(&self.path, cause))
        };
        let mut threads = self.threads();
        let shared = Arc::clone(&self.writes);
        let mover = connect::writer(&self.path, self.options.synchronous)?;
        let work = move || {
            writer::run(writer, mover, &shared);
            // The last to write gives the file up, whoever closed the store and from where.
            drop(lock);
        };
        threads.writer = Some(spawn("orion-writer".to_owned(), Box::new(work))?);
        for number in 1..=self.options.readers.max(1) {
            let connection = connect::reader(&self.path)?;
            let (reads, limit) = (Arc::clone(&self.reads), self.options.read_limit);
            let work = Box::new(move || readers::run(connection, &reads, limit));
            threads.readers.push(spawn(format!("orion-reader-{number}"), work)?);
        }
        Ok(())
    }

    /// Where the file is: an absolute path without symbolic links.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Finishes what is queued, moves the write-ahead log into the file and gives the file up. Later reads and writes are
    /// answered with status 503. A second call does nothing.
    ///
    /// It blocks until all that is done; nothing that a write or a read runs may wait for it.
    pub fn close(&self) {
        let mut threads = self.threads();
        self.reads.close();
        threads.readers.drain(..).for_each(join);
        // The readers go first: then no snapshot of ours keeps the log long.
        self.writes.queue.close();
        threads.writer.take().into_iter().for_each(join);
    }

    fn threads(&self) -> MutexGuard<'_, Threads> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A connection for work at boot, while the store is open.
    fn connect(&self) -> Result<rusqlite::Connection, OpenError> {
        if self.threads().writer.is_none() {
            let cause = "the store was closed".into();
            return Err(OpenError::Other { path: self.path.clone(), cause });
        }
        connect::writer(&self.path, self.options.synchronous)
    }
}

/// Waits for a thread to end, unless it is this very one: a job may be what held the store last.
fn join(thread: JoinHandle<()>) {
    if thread.thread().id() != thread::current().id() && thread.join().is_err() {
        tracing::error!("a thread of the store panicked");
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for Sqlite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sqlite")
            .field("path", &self.path)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl Store for Sqlite {
    fn read(&self, read: Read) {
        // Refused only when closed: then whoever waits for the job hears of it because the job is dropped.
        drop(self.reads.push(readers::Queued { read, span: Span::current() }));
    }

    fn write(&self, write: Write) {
        let refused = self.writes.queue.push(writer::Queued { write, span: Span::current() });
        match refused {
            Ok(()) => {}
            Err(Refused::Full(queued)) => {
                self.writes.counter.refused();
                writer::answer(queued.write, Err(busy()));
            }
            Err(Refused::Closed(queued)) => writer::answer(queued.write, Err(closed())),
        }
    }

    fn on_commit(&self, hear: OnCommit) {
        *self.writes.hear.write().unwrap_or_else(PoisonError::into_inner) = Some(hear);
    }

    fn written(&self) -> Written {
        Written { waiting: self.writes.queue.len(), ..self.writes.counter.written() }
    }
}

fn busy() -> Error {
    Error::refused(503, "The server is busy. Nothing was changed; try again in a moment.")
}
