//! A store of counters whose reads run when the script says so: between a change and what is seen of it, anything may happen.

use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use orion::bus::{Bus, InProcess};
use orion::decl::Statement;
use orion::store::{Connection, OnCommit, Ran, Read, Store, Write};
use orion::{Columns, Db, Result, Topic, Topics, Value};

pub(crate) const TABLES: [&str; 4] = ["a", "b", "c", "d"];

const READS: [Statement; TABLES.len()] = [
    Statement::new("a").reads(&["a"]),
    Statement::new("b").reads(&["b"]),
    Statement::new("c").reads(&["c"]),
    Statement::new("d").reads(&["d"]),
];

/// The counter of a table.
pub(crate) fn count(db: &Db, table: usize) -> Result<i64> {
    db.one(&READS[table], &[])
}

type Counters = [i64; TABLES.len()];

#[derive(Default)]
pub(crate) struct Counting {
    counters: Mutex<Counters>,
    reads: Mutex<VecDeque<Read>>,
    pub(crate) bus: InProcess,
}

struct Snapshot(Counters);

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
        let table = TABLES.iter().position(|&table| table == statement.sql.get()).unwrap();
        each(&Counter(self.0[table]))?;
        Ok(Ran::default())
    }
}

impl Counting {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    pub(crate) fn commit(&self, table: usize) {
        self.counters.lock().unwrap()[table] += 1;
        self.bus.publish(&Topics::from([Topic::table(TABLES[table])]));
    }

    /// Runs one of the reads that wait; `false` if none does.
    pub(crate) fn read_one(&self, which: usize) -> bool {
        let read = {
            let mut reads = self.reads.lock().unwrap();
            let count = reads.len();
            if count == 0 {
                return false;
            }
            reads.remove(which % count).unwrap()
        };
        let counters = *self.counters.lock().unwrap();
        read(&Db::new(Rc::new(Snapshot(counters))));
        true
    }
}

impl Store for Counting {
    fn read(&self, job: Read) {
        self.reads.lock().unwrap().push_back(job);
    }

    fn write(&self, _: Write) {
        unimplemented!("scripts commit directly")
    }

    fn on_commit(&self, _: OnCommit) {
        unimplemented!("scripts commit directly")
    }
}
