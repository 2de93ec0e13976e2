//! The store of orion, through its seam.

use std::path::Path;
use std::sync::Arc;

use orion::store::sqlite::{Options, Sqlite, Synchronous};
use orion::{NotFound, store};

use super::calls::{Command, Work};
use crate::{Outcome, todos};

pub(super) fn open(file: &Path, sync: &str) -> Outcome<Arc<Sqlite>> {
    let synchronous = if sync == "full" { Synchronous::Full } else { Synchronous::Normal };
    Ok(Arc::new(Sqlite::open(file, &Options::default().synchronous(synchronous))?))
}

pub(super) async fn command(db: Arc<Sqlite>, command: Command) {
    let written = store::write(&*db, move |tx| match command.work {
        Work::Insert => todos::insert(tx, &command.title()),
        Work::Flip => todos::flip(tx, command.id())?.one_or(NotFound),
    });
    written.await.expect("it can be written");
}
