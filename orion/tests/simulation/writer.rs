//! Groups of writes in the real store, in steps. Its writer stops at two places, where anything else may come in between: when all
//! writes of a group ran and their transaction is open, and when their commit is announced and nobody is answered.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use orion::store::sqlite::Sqlite;
use orion::store::{Job, OnCommit, Store as _, Write, job};
use orion::{Error, Result, Topic, Topics, Tx};

use crate::bug::Bug;

/// Where the writer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// All writes of a group ran, and nothing is committed.
    Ran,
    /// They are committed, and that is announced. Nobody is answered.
    Announced,
    /// All that was given is answered.
    Answered,
}

pub(crate) struct Writer {
    door: Arc<Door>,
    reached: Mutex<Receiver<Place>>,
    on: Sender<()>,
    /// `None` while there is nothing to write.
    place: Mutex<Option<Place>>,
    dead: Arc<AtomicBool>,
    bug: Option<Bug>,
    hear: Mutex<Option<OnCommit>>,
}

/// Where the store's thread waits until it may go on, or nobody is there to let it.
struct Door {
    reached: Sender<Place>,
    on: Mutex<Receiver<()>>,
}

impl Door {
    fn wait(&self, place: Place) {
        let _ = self.reached.send(place);
        let _ = self.on.lock().unwrap().recv();
    }
}

/// Kept by everything that is answered: dropped with the last of it.
struct Answers(Sender<Place>);

impl Drop for Answers {
    fn drop(&mut self) {
        let _ = self.0.send(Place::Answered);
    }
}

impl Writer {
    pub(crate) fn new(bug: Option<Bug>) -> Self {
        let ((here, reached), (on, wait)) = (channel(), channel());
        Self {
            door: Arc::new(Door { reached: here, on: Mutex::new(wait) }),
            reached: Mutex::new(reached),
            on,
            place: Mutex::default(),
            dead: Arc::default(),
            bug,
            hear: Mutex::default(),
        }
    }

    /// Where the writer stands, if it was given something.
    pub(crate) fn place(&self) -> Option<Place> {
        *self.place.lock().unwrap()
    }

    pub(crate) fn announce_to(&self, sqlite: &Sqlite, hear: OnCommit) {
        *self.hear.lock().unwrap() = Some(Arc::clone(&hear));
        let (door, early) = (Arc::clone(&self.door), self.bug == Some(Bug::EarlyPublish));
        sqlite.on_commit(Arc::new(move |topics| {
            if !early {
                hear(topics);
            }
            door.wait(Place::Announced);
        }));
    }

    /// Gives these writes to the store at once: one group, or more where it takes fewer.
    pub(crate) fn begin(&self, sqlite: &Sqlite, writes: Vec<Write>) {
        let hold = Hold::take(sqlite);
        let answers = Arc::new(Answers(self.door.reached.clone()));
        for write in writes {
            sqlite.write(Box::new(Asked {
                write,
                dead: Arc::clone(&self.dead),
                answers: Arc::clone(&answers),
            }));
        }
        let (door, early) = (Arc::clone(&self.door), self.early());
        sqlite.write(nothing(
            move || {
                if let Some(hear) = early {
                    hear(&Topics::from(["notes", "done", "focus"].map(Topic::table)));
                }
                door.wait(Place::Ran);
            },
            move || drop(answers),
        ));
        drop(hold);
        self.arrive();
    }

    /// Lets the writer go on to the next place.
    pub(crate) fn go_on(&self) {
        self.on.send(()).expect("the writer waits");
        self.arrive();
    }

    /// From now on nobody is answered.
    pub(crate) fn die(&self) {
        self.dead.store(true, Ordering::Relaxed);
    }

    fn arrive(&self) {
        let place = soon(&self.reached.lock().unwrap());
        *self.place.lock().unwrap() = Some(place).filter(|&place| place != Place::Answered);
    }

    fn early(&self) -> Option<OnCommit> {
        self.hear.lock().unwrap().clone().filter(|_| self.bug == Some(Bug::EarlyPublish))
    }
}

/// What a thread of the store sends, which has nothing else to do.
pub(crate) fn soon<T>(receiver: &Receiver<T>) -> T {
    receiver.recv_timeout(Duration::from_mins(1)).expect("the store's threads work")
}

/// A write that keeps the writer until this is dropped. What is queued meanwhile is one group: else chance would make them.
struct Hold(#[expect(dead_code, reason = "its drop is heard")] Sender<()>);

impl Hold {
    fn take(sqlite: &Sqlite) -> Self {
        let ((here, began), (go, wait)) = (channel(), channel::<()>());
        let hold = move || {
            let _ = here.send(());
            let _ = wait.recv();
        };
        sqlite.write(nothing(hold, || {}));
        soon(&began);
        Self(go)
    }
}

/// A write of a process that may be dead when it is to be answered.
struct Asked {
    write: Write,
    dead: Arc<AtomicBool>,
    answers: Arc<Answers>,
}

impl Job for Asked {
    fn run(&mut self, tx: &Tx) -> Result<()> {
        self.write.run(tx)
    }

    fn done(self: Box<Self>, outcome: Result<()>) {
        let Self { write, dead, answers } = *self;
        if !dead.load(Ordering::Relaxed) {
            write.done(outcome);
        }
        drop(answers);
    }
}

/// A write that changes nothing.
fn nothing(run: impl FnOnce() + Send + 'static, done: impl FnOnce() + Send + 'static) -> Write {
    let run = |_: &_| {
        run();
        Err(Error::internal("changes nothing"))
    };
    job(run, |_| done())
}
