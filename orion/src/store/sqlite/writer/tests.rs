//! What only a connection that was tampered with shows: a full disk, a file that cannot be written, another's lock.

use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, OnceLock, RwLock};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::Connection;
use tracing::Span;

use super::{Queued, Shared, run};
use crate::decl::Statement;
use crate::error::{Error, Result};
use crate::store::sqlite::connect;
use crate::store::sqlite::options::Synchronous;
use crate::store::sqlite::queue::Queue;
use crate::store::written::{Counter, Written};
use crate::store::{Tx, job};
use crate::topic::Topics;
use crate::value::Value;

const ORPHAN: Statement = Statement::new("insert into children values (1)").writes(&["children"]);
const INSERT: Statement = Statement::new("insert into notes (text) values (?)").writes(&["notes"]);

/// A writer on a connection that was tampered with, and a second look into its file.
struct Bench {
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    file: Connection,
    published: Receiver<Topics>,
    _folder: tempfile::TempDir,
}

impl Bench {
    /// The writes wait until [`Bench::start`], so that they are one group.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = connect::writer(&folder.path().join("app.db"), Synchronous::Normal).unwrap();
        file.execute_batch("create table notes (text text)").unwrap();
        let (say, published) = channel();
        let shared = Shared {
            queue: Queue::new(100),
            hear: RwLock::new(Some(Arc::new(move |topics: &Topics| say.send(topics.clone()).unwrap()))),
            alone: AtomicBool::new(false),
            keyed: RwLock::default(),
            group: 100,
            slow: Duration::MAX,
            counter: Counter::default(),
            hear_groups: OnceLock::new(),
            failing: AtomicBool::new(false),
        };
        Self { shared: Arc::new(shared), thread: None, file, published, _folder: folder }
    }

    fn start(&mut self, tamper: &str) {
        let connection = connect::writer(self.file.path().unwrap().as_ref(), Synchronous::Normal).unwrap();
        connection.busy_timeout(Duration::ZERO).unwrap();
        connection.execute_batch(tamper).unwrap();
        let mover = connect::writer(self.file.path().unwrap().as_ref(), Synchronous::Normal).unwrap();
        let shared = Arc::clone(&self.shared);
        self.thread = Some(std::thread::spawn(move || run(connection, mover, &shared)));
    }

    fn queue(&self, f: impl FnOnce(&Tx) -> Result<()> + Send + 'static) -> Receiver<Result<()>> {
        let (answer, outcome) = channel();
        let write = job(f, move |result| answer.send(result).unwrap());
        assert!(self.shared.queue.push(Queued { write, span: Span::none() }).is_ok());
        outcome
    }

    fn notes(&self) -> i64 {
        self.file.query_row("select count(*) from notes", [], |row| row.get(0)).unwrap()
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.shared.queue.close();
        self.thread.take().into_iter().for_each(|thread| thread.join().unwrap());
    }
}

fn insert(tx: &Tx, length: usize) -> Result<()> {
    tx.execute(&INSERT, &[Value::Text(&"x".repeat(length))])?.one_or(crate::NotFound)
}

fn error(outcome: &Receiver<Result<()>>) -> Error {
    outcome.recv().unwrap().unwrap_err()
}

#[test]
fn a_full_disk_fails_the_writes_that_need_room_and_the_writer_lives() {
    let mut bench = Bench::new();
    let small = bench.queue(|tx| insert(tx, 10));
    let large = bench.queue(|tx| insert(tx, 1_000_000));
    bench.start("pragma max_page_count = 10");
    let full = error(&large);
    assert!(full.to_string().contains("database or disk is full"), "{full}");
    // Whether SQLite gave up the statement or the whole transaction is its choice; the answer must be true.
    let kept = i64::from(small.recv().unwrap().is_ok());
    assert_eq!(bench.notes(), kept);
    bench.queue(|tx| insert(tx, 10)).recv().unwrap().unwrap();
    assert_eq!(bench.notes(), kept + 1);
}

#[test]
fn a_file_that_became_read_only_fails_the_write_with_its_cause_and_the_writer_lives() {
    let mut bench = Bench::new();
    let first = bench.queue(|tx| insert(tx, 10));
    bench.start("pragma query_only = on");
    // The second one is answered by a writer that lived through the first.
    for refused in [first, bench.queue(|tx| insert(tx, 10))] {
        let chain = error(&refused).chain();
        assert!(chain.contains("readonly database"), "{chain}");
    }
    assert_eq!(bench.notes(), 0);
}

#[test]
fn a_commit_that_fails_is_told_to_all_of_its_group_and_publishes_nothing() {
    let mut bench = Bench::new();
    // Nothing but the commit looks at a deferred constraint, and this writer does not know of it.
    bench
        .file
        .execute_batch(
            "create table parents (id integer primary key);
             create table children (parent references parents (id) deferrable initially deferred)",
        )
        .unwrap();
    let innocent = bench.queue(|tx| insert(tx, 10));
    let orphan = bench.queue(|tx| tx.execute(&ORPHAN, &[])?.one_or(crate::NotFound));
    let refused = bench.queue(|_| Err(Error::field("text", "No")));
    bench.start("");
    for outcome in [&innocent, &orphan] {
        let error = error(outcome);
        assert_eq!(error.status(), 500);
        assert!(
            error.to_string().contains("the commit failed, and nothing was written: FOREIGN KEY"),
            "{error}"
        );
    }
    // Its own error is what its caller can act upon.
    assert_eq!(error(&refused).status(), 422);
    assert_eq!(bench.notes(), 0);
    assert!(bench.published.try_recv().is_err());
    assert_eq!(bench.shared.counter.written(), Written::default());
    bench.queue(|tx| insert(tx, 10)).recv().unwrap().unwrap();
    assert_eq!((bench.notes(), bench.published.recv().unwrap().len()), (1, 1));
}

#[test]
fn what_a_group_kept_is_counted_with_its_commit() {
    let mut bench = Bench::new();
    let outcomes = [
        bench.queue(|tx| insert(tx, 10)),
        bench.queue(|_| Err(Error::field("text", "No"))),
        bench.queue(|tx| insert(tx, 10)),
    ];
    bench.start("");
    assert_eq!(outcomes.map(|outcome| outcome.recv().unwrap().is_ok()), [true, false, true]);
    assert_eq!(bench.shared.counter.written(), Written { commits: 1, writes: 2, ..Written::default() });
}

#[test]
fn another_programs_lock_is_told_as_something_that_passes() {
    let mut bench = Bench::new();
    bench.file.execute_batch("begin immediate").unwrap();
    let ran = Arc::new(AtomicBool::new(false));
    let mark = Arc::clone(&ran);
    let locked = bench.queue(move |_| {
        mark.store(true, std::sync::atomic::Ordering::Relaxed);
        Ok(())
    });
    bench.start("");
    assert_eq!(error(&locked).status(), 503);
    assert!(!ran.load(std::sync::atomic::Ordering::Relaxed));
    bench.file.execute_batch("commit").unwrap();
    bench.queue(|tx| insert(tx, 10)).recv().unwrap().unwrap();
}

#[test]
fn a_file_that_cannot_be_written_fails_with_its_cause() {
    let mut bench = Bench::new();
    let write = bench.queue(|tx| insert(tx, 10));
    bench.start("pragma query_only = on");
    let error = error(&write);
    assert_eq!(error.status(), 500);
    assert!(error.to_string().contains("readonly database"), "{error}");
}
