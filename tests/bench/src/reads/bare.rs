//! Bare rusqlite and maud, on a thread of their own as readers are: a main thread allocates faster.

use std::hint::black_box;
use std::path::Path;
use std::thread;

use rusqlite::{Connection, Row};

use super::times::{Work, key, repeat};
use crate::{Outcome, todos};

struct Todo {
    id: i64,
    title: String,
    done: bool,
}

fn todo(row: &Row<'_>) -> rusqlite::Result<Todo> {
    Ok(Todo { id: row.get(0)?, title: row.get(1)?, done: row.get(2)? })
}

pub(super) fn run(file: &Path, work: Work, seconds: f64) -> Outcome<f64> {
    let micros = thread::scope(|scope| {
        let read = scope.spawn(|| reads(file, work, seconds).map_err(|cause| cause.to_string()));
        read.join().map_err(|_| "the thread panicked".to_owned())?
    })?;
    Ok(micros)
}

fn reads(file: &Path, work: Work, seconds: f64) -> rusqlite::Result<f64> {
    let mut connection = Connection::open(file)?;
    connection.execute_batch(
        "pragma query_only = on; pragma temp_store = memory; pragma cache_size = -16384; pragma mmap_size = 268435456",
    )?;
    let rows = connection.query_row("select max(id) from todos", [], |row| row.get(0))?;
    let snapshot = connection.transaction()?;
    Ok(repeat(seconds, |number| match work {
        Work::Point => {
            let sql = "select id, title, done from todos where id = ?";
            let mut find = snapshot.prepare_cached(sql).expect("it parses");
            let found = find.query_row([key(number, rows)], todo).expect("it is there");
            black_box((found.id, found.title, found.done));
        }
        Work::Hundred => {
            black_box(first(&snapshot).len());
        }
        Work::Render => {
            let todos = first(&snapshot);
            let items = todos.iter().map(|todo| (todo.id, &*todo.title, todo.done));
            black_box(todos::items(items).0.len());
        }
    }))
}

fn first(snapshot: &Connection) -> Vec<Todo> {
    let mut first = snapshot
        .prepare_cached("select id, title, done from todos order by id limit 100")
        .expect("it parses");
    let rows = first.query_map([], todo).expect("it runs");
    rows.collect::<Result<_, _>>().expect("the rows are todos")
}
