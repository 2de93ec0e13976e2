//! A process: a store, a bus and a hub. All of it dies at once, and what was committed is found by the next one.

use std::fs::copy;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::sync::{Arc, Weak};
use std::time::Duration;

use orion::live::{Hub, Options};
use orion::store::Store as _;
use orion::store::sqlite::{self, Sqlite};
use orion::{Db, Result};
use tempfile::TempDir;

use crate::bug::Bug;
use crate::bus::Delayed;
use crate::dice::Dice;
use crate::notes::notes;
use crate::store::Stepped;

pub(crate) struct Process {
    pub(crate) store: Arc<Stepped>,
    pub(crate) bus: Arc<Delayed>,
    pub(crate) hub: Arc<Hub>,
}

impl Process {
    /// Starts on the store in this folder, an empty one if there is none.
    pub(crate) fn start(folder: &Path, dice: &mut Dice, bug: Option<Bug>) -> Self {
        let renders = 1 + dice.below(3);
        // Some stores commit after a few writes.
        let group = if dice.once_in(2) { usize::MAX } else { 1 + dice.below(4) };
        // One reader more for what is looked at, and one for the snapshot of a planted bug.
        let options = sqlite::Options::default().readers(renders + 2).group(group);
        let sqlite = Sqlite::open(file(folder), &options).expect("it opens");
        sqlite.migrate(&[&notes::SLICE]).expect("it is migrated");
        let until_lost = (bug == Some(Bug::LostTopics)).then(|| dice.below(8));
        let bus = Arc::new(Delayed::losing(until_lost));
        let store = Arc::new(Stepped::new(sqlite, bug));
        let announce = Arc::clone(&bus);
        store.on_commit(Arc::new(move |topics| orion::bus::Bus::publish(&*announce, topics)));
        let mut options = Options::default();
        options.renders = renders;
        // A ping makes a tab read its stream, and would heal a wake-up that was lost: most processes have none.
        if bug == Some(Bug::LostWake) || !dice.once_in(4) {
            options.ping = Duration::from_hours(24);
        }
        // Some hubs forget what streams that lag have received.
        options.kept = dice.below(2) << 20;
        let hub = Hub::new(Arc::clone(&store) as _, &*bus, options);
        Self { store, bus, hub }
    }

    /// What is true now.
    pub(crate) fn look<T: Send + 'static>(
        &self,
        f: impl FnOnce(&Hub, &Db) -> Result<T> + Send + 'static,
    ) -> T {
        let (answer, wait) = channel();
        let hub = Arc::clone(&self.hub);
        self.store.look(Box::new(move |db| {
            let _ = answer.send(f(&hub, db));
        }));
        wait.recv().expect("the read ended").expect("the read went well")
    }

    /// Ends at once, maybe with a transaction open. Returns a folder with the files as they were at this moment: whatever this
    /// process still does, it does to files that nobody will see.
    pub(crate) fn kill(self) -> TempDir {
        let left = folder();
        let file = self.store.sqlite.path();
        for name in ["app.db", "app.db-wal"] {
            copy(file.with_file_name(name), left.path().join(name)).expect("its files can be copied");
        }
        self.end();
        left
    }

    /// Nothing may be left of it.
    pub(crate) fn end(self) {
        let Self { store, bus, hub } = self;
        let (gone, me) = (Arc::clone(&store), Arc::downgrade(&hub));
        drop((store, hub));
        gone.kill();
        drop((bus, gone));
        assert!(Weak::upgrade(&me).is_none(), "something keeps the hub");
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("app.db")
}

/// A new folder, in memory where the machine has a place for that.
pub(crate) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    made.expect("a folder can be made")
}
