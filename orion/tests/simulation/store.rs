//! The store: orion's own, on its own threads, of which one at a time does something, when it is told to.
//!
//! What is read and written waits here until the simulation says so. Then it is given to the real store, and whoever gave
//! it waits until it has happened. The beginning of a read, which takes its snapshot, and its end are a step each.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard};

use orion::decl::Statement;
use orion::store::sqlite::Sqlite;
use orion::store::{OnCommit, Read, Store, Write};

use crate::bug::Bug;
use crate::writer::{Place, Writer, soon};

pub(crate) struct Stepped {
    bug: Option<Bug>,
    state: Mutex<State>,
    /// Before the store, whose end waits for its thread.
    writer: Writer,
    pub(crate) sqlite: Sqlite,
}

#[derive(Default)]
struct State {
    waiting: VecDeque<Read>,
    begun: Vec<(Snapshot, Read)>,
    writes: VecDeque<Write>,
    /// Whoever comes now finds nobody.
    gone: bool,
    /// Of [`Bug::StaleRender`].
    older: Option<Snapshot>,
}

/// A reader of the real store that has taken its snapshot and waits for what to read.
struct Snapshot {
    job: Sender<Read>,
    over: Receiver<()>,
}

impl Stepped {
    pub(crate) fn new(sqlite: Sqlite, bug: Option<Bug>) -> Self {
        Self { bug, state: Mutex::default(), writer: Writer::new(bug), sqlite }
    }

    pub(crate) fn writes(&self) -> usize {
        self.state().writes.len()
    }

    pub(crate) fn waiting(&self) -> usize {
        self.state().waiting.len()
    }

    pub(crate) fn begun(&self) -> usize {
        self.state().begun.len()
    }

    /// Where the writer stands, if it was given something.
    pub(crate) fn place(&self) -> Option<Place> {
        self.writer.place()
    }

    /// The first writes are given to the store at once.
    pub(crate) fn begin_group(&self, writes: usize) {
        let writes = self.state().writes.drain(..writes).collect();
        self.writer.begin(&self.sqlite, writes);
    }

    /// The writer goes on.
    pub(crate) fn go_on(&self) {
        self.writer.go_on();
    }

    /// A read begins: what is committed from now on, it does not see.
    pub(crate) fn begin(&self, which: usize) {
        let job = self.state().waiting.remove(which).expect("it waits");
        let mut snapshot = self.snapshot();
        if self.bug == Some(Bug::StaleRender) {
            snapshot = self.state().older.replace(snapshot).unwrap_or_else(|| self.snapshot());
        }
        self.state().begun.push((snapshot, job));
    }

    /// A read does what it has to do, and ends.
    pub(crate) fn end(&self, which: usize) {
        let (snapshot, job) = self.state().begun.remove(which);
        snapshot.run(job);
    }

    /// A read is lost: whoever waits for it hears that it is dropped.
    pub(crate) fn lose(&self, which: usize) {
        let job = self.state().waiting.remove(which);
        drop(job);
    }

    /// Reads at once.
    pub(crate) fn look(&self, job: Read) {
        self.snapshot().run(job);
    }

    /// Forgets all that was not committed; nobody is answered.
    pub(crate) fn kill(&self) {
        self.writer.die();
        let left = std::mem::replace(&mut *self.state(), State { gone: true, ..State::default() });
        // Without the lock: dropped reads are noticed, and more are asked for.
        drop(left);
    }

    fn snapshot(&self) -> Snapshot {
        /// The first statement takes the snapshot.
        const FIRST: Statement = Statement::new("select count(*) from sqlite_schema");
        let ((taken, wait), (job, jobs), (ended, over)) = (channel(), channel::<Read>(), channel());
        self.sqlite.read(Box::new(move |db| {
            let _: i64 = db.one(&FIRST, &[]).expect("the store can be read");
            let _ = taken.send(());
            if let Ok(job) = jobs.recv() {
                job(db);
                let _ = ended.send(());
            }
        }));
        soon(&wait);
        Snapshot { job, over }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Snapshot {
    fn run(self, job: Read) {
        self.job.send(job).expect("the reader waits");
        soon(&self.over);
    }
}

impl Store for Stepped {
    fn read(&self, job: Read) {
        let mut state = self.state();
        if !state.gone {
            state.waiting.push_back(job);
            return;
        }
        drop(state);
        drop(job);
    }

    fn write(&self, job: Write) {
        self.state().writes.push_back(job);
    }

    fn on_commit(&self, hear: OnCommit) {
        self.writer.announce_to(&self.sqlite, hear);
    }
}
