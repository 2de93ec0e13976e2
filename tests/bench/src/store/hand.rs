//! A store by hand: one connection behind a mutex, blocking threads, a transaction a command.

use std::path::Path;
use std::sync::{Arc, Mutex};

use rusqlite::Connection;

use super::calls::{Command, Work};
use crate::Outcome;

pub(super) fn connect(file: &Path, sync: &str) -> Outcome<Connection> {
    let connection = Connection::open(file)?;
    connection.execute_batch(&format!(
        "pragma journal_mode = wal; pragma synchronous = {sync}; pragma busy_timeout = 5000; pragma foreign_keys = on;
         pragma temp_store = memory; pragma cache_size = -65536; pragma mmap_size = 268435456;"
    ))?;
    Ok(connection)
}

/// What a command does in its transaction.
pub(super) fn work(db: &Connection, command: Command) -> rusqlite::Result<usize> {
    match command.work {
        Work::Insert => db.prepare_cached("insert into todos (title) values (?)")?.execute([command.title()]),
        Work::Flip => {
            db.prepare_cached("update todos set done = not done where id = ?")?.execute([command.id()])
        }
    }
}

pub(super) async fn command(db: Arc<Mutex<Connection>>, command: Command) {
    let whole = move || -> rusqlite::Result<usize> {
        let mut db = db.lock().expect("nobody panicked with it");
        let transaction = db.transaction()?;
        let changed = work(&transaction, command)?;
        transaction.commit()?;
        Ok(changed)
    };
    let changed =
        tokio::task::spawn_blocking(whole).await.expect("it does not panic").expect("it can be written");
    assert_eq!(changed, 1);
}
