//! A store in memory for tests: each table is one counter, and a statement's text is the table's name.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{HeaderMap, Method};

use crate::bus::{Bus, InProcess};
use crate::decl::Statement;
use crate::error::{Error, Result};
use crate::row::Columns;
use crate::store::{Connection, Db, OnCommit, Ran, Read, Store, Write};
use crate::topic::{Topic, Topics};
use crate::value::Value;
use crate::viewer::Viewer;
use crate::wire::Input;

pub(super) const TODOS: Statement = Statement::new("todos").reads(&["todos"]);
pub(super) const TAGS: Statement = Statement::new("tags").reads(&["tags"]);
/// A statement that always fails.
pub(super) const BROKEN: Statement = Statement::new("broken").reads(&["broken"]);

/// The counter of a table.
pub(super) fn count(db: &Db, table: &Statement) -> Result<i64> {
    db.one(table, &[])
}

type Tables = BTreeMap<&'static str, i64>;

struct Snapshot(Tables);

struct Counter(i64);

impl Columns for Counter {
    fn value(&self, _: usize) -> Value<'_> {
        Value::Integer(self.0)
    }
}

impl Connection for Snapshot {
    fn run(
        &self,
        statement: &Statement,
        _: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Columns) -> Result<bool>,
    ) -> Result<Ran> {
        if statement.sql == BROKEN.sql {
            return Err(Error::internal("no such table: broken"));
        }
        each(&Counter(self.0.get(statement.sql.get()).copied().unwrap_or(0)))?;
        Ok(Ran::default())
    }
}

/// A reader's view of these tables.
pub(super) fn db(tables: &[(&'static str, i64)]) -> Db {
    Db::new(Rc::new(Snapshot(tables.iter().copied().collect())))
}

/// Who reads.
enum Readers {
    /// The caller, at once.
    Caller,
    /// Threads.
    Threads(Mutex<Sender<Read>>),
    /// Nobody: reads are dropped.
    Nobody,
}

pub(super) struct Memory {
    tables: Arc<Mutex<Tables>>,
    readers: Readers,
    pub(super) bus: InProcess,
}

impl Memory {
    /// A store whose reads run at once on the caller's thread, so that nothing but time passes in a test.
    pub(super) fn at_once() -> Arc<Self> {
        Self::with(Readers::Caller, Arc::default())
    }

    /// A store that runs no read.
    pub(super) fn closed() -> Arc<Self> {
        Self::with(Readers::Nobody, Arc::default())
    }

    /// A store with reader threads, as real ones.
    pub(super) fn threads(count: usize) -> Arc<Self> {
        let (jobs, queue) = channel();
        let tables: Arc<Mutex<Tables>> = Arc::default();
        let queue: Arc<Mutex<Receiver<Read>>> = Arc::new(Mutex::new(queue));
        for _ in 0..count {
            let (queue, tables) = (Arc::clone(&queue), Arc::clone(&tables));
            std::thread::spawn(move || {
                loop {
                    let job = queue.lock().unwrap().recv();
                    let Ok(job) = job else { return };
                    let snapshot = tables.lock().unwrap().clone();
                    job(&Db::new(Rc::new(Snapshot(snapshot))));
                }
            });
        }
        Self::with(Readers::Threads(Mutex::new(jobs)), tables)
    }

    fn with(readers: Readers, tables: Arc<Mutex<Tables>>) -> Arc<Self> {
        Arc::new(Self { tables, readers, bus: InProcess::default() })
    }

    /// Adds one to a table and announces it.
    pub(super) fn commit(&self, table: &'static str) {
        *self.tables.lock().unwrap().entry(table).or_default() += 1;
        self.bus.publish(&Topics::from([Topic::table(table)]));
    }
}

impl Store for Memory {
    fn read(&self, job: Read) {
        match &self.readers {
            Readers::Caller => {
                let snapshot = self.tables.lock().unwrap_or_else(PoisonError::into_inner).clone();
                job(&Db::new(Rc::new(Snapshot(snapshot))));
            }
            Readers::Threads(jobs) => jobs.lock().unwrap().send(job).unwrap(),
            Readers::Nobody => drop(job),
        }
    }

    fn write(&self, _: Write) {
        unimplemented!("tests commit directly")
    }

    fn on_commit(&self, _: OnCommit) {
        unimplemented!("tests commit directly")
    }
}

/// A visit of `viewer`.
pub(super) fn input(viewer: &str) -> Input {
    Input {
        method: Method::GET,
        params: Vec::new(),
        query: String::new(),
        headers: HeaderMap::new(),
        body: Bytes::new(),
        viewer: Viewer::with_id(viewer),
    }
}
