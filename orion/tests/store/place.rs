//! Where the tests take place: a folder of its own with a store in it, and callers that wait.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use orion::decl::{Migration, Slice, Statement};
use orion::store::sqlite::{Options, Sqlite};
use orion::store::{self, Store, job};
use orion::{Db, Result, Topics, Tx};

pub(crate) static NOTES: Slice = Slice::new("notes").tables(&["notes"]).migrations(&[Migration::new(
    "CREATE",
    "create table notes (id integer primary key, text text not null unique) strict",
)]);

pub(crate) const INSERT: Statement = Statement::new("insert into notes (text) values (?)").writes(&["notes"]);
pub(crate) const ALL: Statement = Statement::new("select text from notes order by id").reads(&["notes"]);
pub(crate) const COUNT: Statement = Statement::new("select count(*) from notes").reads(&["notes"]);

/// A folder that is removed with its store.
pub(crate) struct Place {
    // In this order: the store goes before its folder.
    pub(crate) store: Sqlite,
    pub(crate) folder: tempfile::TempDir,
}

impl Place {
    /// A store with the table `notes`.
    pub(crate) fn new() -> Self {
        Self::with(&Options::default())
    }

    pub(crate) fn with(options: &Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Sqlite::open(folder.path().join("app.db"), options).unwrap();
        store.migrate(&[&NOTES]).unwrap();
        Self { store, folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("app.db")
    }

    /// What the notes say.
    pub(crate) fn notes(&self) -> Vec<String> {
        self.read(|db| db.all(&ALL, &[])).unwrap()
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Db) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        wait(store::read(&self.store, f))
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Tx) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        wait(store::write(&self.store, f))
    }

    /// Queues a write; its outcome arrives later.
    pub(crate) fn queue(&self, f: impl FnOnce(&Tx) -> Result<()> + Send + 'static) -> Receiver<Result<()>> {
        let (answer, outcome) = channel();
        self.store.write(job(f, move |result| answer.send(result).unwrap()));
        outcome
    }

    /// Keeps the writer inside a write that changes nothing, until it is let go.
    pub(crate) fn hold(&self) -> Held {
        let (go, gone) = channel::<()>();
        let (enter, entered) = channel();
        let outcome = self.queue(move |_| {
            enter.send(()).unwrap();
            // Ends when the sender is dropped.
            let _ = gone.recv();
            Ok(())
        });
        entered.recv().unwrap();
        Held { go, outcome }
    }

    /// What commits are said to have changed, one set a commit.
    pub(crate) fn commits(&self) -> Receiver<Topics> {
        let (say, said) = channel();
        self.store.on_commit(std::sync::Arc::new(move |topics: &Topics| {
            let _ = say.send(topics.clone());
        }));
        said
    }
}

/// A writer that is held.
pub(crate) struct Held {
    go: Sender<()>,
    outcome: Receiver<Result<()>>,
}

impl Held {
    pub(crate) fn let_go(self) {
        drop(self.go);
        self.outcome.recv().unwrap().unwrap();
    }
}

pub(crate) fn insert(tx: &Tx, text: &str) -> Result<()> {
    tx.execute(&INSERT, &[orion::Value::Text(text)]).map(|_| ())
}

/// Runs a future on this thread.
pub(crate) fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}
