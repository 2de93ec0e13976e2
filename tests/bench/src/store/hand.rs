//! A store by hand: one connection behind a mutex, blocking threads, a transaction a command.

use std::path::Path;
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use super::calls::{Command, Work};
use crate::Outcome;

pub(super) fn open(file: &Path, sync: &str) -> Outcome<Arc<Mutex<Connection>>> {
    let connection = Connection::open(file)?;
    connection.execute_batch(&format!(
        "pragma journal_mode = wal; pragma synchronous = {sync}; pragma busy_timeout = 5000; pragma foreign_keys = on;
         pragma temp_store = memory; pragma cache_size = -65536; pragma mmap_size = 268435456;"
    ))?;
    Ok(Arc::new(Mutex::new(connection)))
}

pub(super) async fn command(db: Arc<Mutex<Connection>>, command: Command) {
    let work = move || -> rusqlite::Result<usize> {
        let mut db = db.lock().expect("nobody panicked with it");
        let transaction = db.transaction()?;
        let changed = match command.work {
            Work::Insert => {
                let mut insert = transaction.prepare_cached("insert into todos (title) values (?)")?;
                insert.execute([command.title()])?
            }
            Work::Flip => {
                let mut flip = transaction.prepare_cached("update todos set done = not done where id = ?")?;
                flip.execute([command.id()])?
            }
        };
        transaction.commit()?;
        Ok(changed)
    };
    let changed =
        tokio::task::spawn_blocking(work).await.expect("it does not panic").expect("it can be written");
    assert_eq!(changed, 1);
}
