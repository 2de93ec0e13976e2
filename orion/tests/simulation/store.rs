//! The store: orion's own, on its own threads, of which one at a time does something, when it is told to.
//!
//! What is read and written waits here until the simulation says so. Then it is given to the real store, and whoever gave
//! it waits until it has happened. So a commit, the beginning of a read, which takes its snapshot, and its end are a step each.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard};

use orion::decl::Statement;
use orion::store::sqlite::Sqlite;
use orion::store::{OnCommit, Read, Store, Write};
use orion::{Error, Topic, Topics};

use crate::bug::Bug;

pub(crate) struct Stepped {
    pub(crate) sqlite: Sqlite,
    bug: Option<Bug>,
    state: Mutex<State>,
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
    /// Of [`Bug::EarlyPublish`].
    early: Option<OnCommit>,
}

/// A reader of the real store that has taken its snapshot and waits for what to read.
struct Snapshot {
    job: Sender<Read>,
    over: Receiver<()>,
}

impl Stepped {
    pub(crate) fn new(sqlite: Sqlite, bug: Option<Bug>) -> Self {
        Self { sqlite, bug, state: Mutex::default() }
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

    /// Commits the first writes in one group, and waits until they are answered.
    pub(crate) fn commit(&self, writes: usize) {
        let writes = self.state().writes.drain(..writes).collect();
        self.group(writes);
    }

    /// Runs all writes, then `at_last` while their transaction is open. None of them is answered.
    pub(crate) fn cut_short(&self, at_last: impl FnOnce() + Send + 'static) {
        let unanswered = |run| Write { run, done: Box::new(drop) };
        let mut writes: Vec<_> = self.state().writes.drain(..).map(|write| unanswered(write.run)).collect();
        writes.push(unanswered(Box::new(move |_| {
            at_last();
            Ok(())
        })));
        self.group(writes);
    }

    fn group(&self, writes: Vec<Write>) {
        // A write that holds the writer until the others are all there, and changes nothing: else chance would make the groups.
        let ((here, began), (go, wait)) = (channel(), channel::<()>());
        let hold = move |_: &_| {
            let _ = here.send(());
            let _ = wait.recv();
            Err(Error::internal("changes nothing"))
        };
        self.sqlite.write(Write { run: Box::new(hold), done: Box::new(drop) });
        began.recv().expect("the writer works");
        let (answered, answers) = channel::<()>();
        for Write { run, done } in writes {
            let answered = answered.clone();
            let done = move |result| {
                done(result);
                drop(answered);
            };
            self.sqlite.write(Write { run, done: Box::new(done) });
        }
        drop((go, answered));
        // Ends when the last of them was dropped.
        answers.iter().for_each(drop);
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
        wait.recv().expect("a reader is free");
        Snapshot { job, over }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Snapshot {
    fn run(self, job: Read) {
        self.job.send(job).expect("the reader waits");
        self.over.recv().expect("the read did not panic");
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
        let early = self.state().early.clone();
        if let Some(hear) = early {
            hear(&Topics::from(["notes", "done"].map(Topic::table)));
        }
        self.state().writes.push_back(job);
    }

    fn on_commit(&self, hear: OnCommit) {
        if self.bug == Some(Bug::EarlyPublish) {
            self.state().early = Some(hear);
        } else {
            self.sqlite.on_commit(hear);
        }
    }
}
