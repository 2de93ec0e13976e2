//! The application that is measured: a list of things to do, of which a page shows the first hundred. And the database of it, filled.

use std::path::Path;

use orion::prelude::*;
use orion::store::sqlite::{Options, Sqlite};

use crate::Outcome;

#[orion::slice(name = "todos")]
pub(crate) mod slice {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null default 0) strict";

    #[derive(Row)]
    pub(crate) struct Todo {
        pub(crate) id: i64,
        pub(crate) title: String,
        pub(crate) done: bool,
    }

    #[query("select id, title, done from todos order by id limit 100")]
    pub(crate) fn first(db: &Db) -> Result<Vec<Todo>>;

    #[query("select id, title, done from todos where id = :id")]
    pub(crate) fn find(db: &Db, id: i64) -> Result<Option<Todo>>;

    #[query("select max(id) from todos")]
    pub(crate) fn last(db: &Db) -> Result<Option<i64>>;

    #[query("insert into todos (title) values (:title)")]
    pub(crate) fn insert(tx: &Tx, title: &str) -> Result<()>;

    #[query("update todos set done = not done where id = :id")]
    pub(crate) fn flip(tx: &Tx, id: i64) -> Result<Changes>;

    #[command(post "/todos/{id}/toggle")]
    fn toggle(tx: &Tx, id: i64) -> Result<Reply> {
        flip(tx, id)?.one_or(NotFound)?;
        Ok(Reply::done())
    }

    #[region]
    pub(crate) fn list(db: &Db) -> Result<Markup> {
        let todos = first(db)?;
        Ok(items(todos.iter().map(|todo| (todo.id, &*todo.title, todo.done))))
    }

    #[page("/")]
    fn home() -> Markup {
        html! { h1 { "Todos" } (list::region()) }
    }
}

pub(crate) use slice::*;

/// The list as markup, about 220 bytes an item.
pub(crate) fn items<'a>(todos: impl Iterator<Item = (i64, &'a str, bool)>) -> Markup {
    html! {
        ul {
            @for (id, title, done) in todos {
                li id={ "todo-" (id) } class="todo" {
                    button class="toggle" aria-pressed=(done) data-on:click={ "@post('/todos/" (id) "/toggle')" } { (title) }
                    span class="state" { @if done { "That has been done already" } @else { "That is still to be done" } }
                }
            }
        }
    }
}

/// The title of a row.
pub(crate) fn title(number: u64) -> String {
    format!("Water the plant that has the number {number}")
}

/// Makes a database with so many rows.
pub(crate) fn fill(path: &Path, rows: u64) -> Outcome<()> {
    let store = Sqlite::open(path, &Options::default())?;
    store.migrate(&[&SLICE])?;
    store.close();
    let raw = rusqlite::Connection::open(path)?;
    // Nothing is lost if this is interrupted: the file is made again.
    raw.execute_batch("pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -65536")?;
    raw.execute(
        "insert into todos (title, done)
         with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?)
         select 'Water the plant that has the number ' || n, n % 2 from numbers",
        [i64::try_from(rows)?],
    )?;
    raw.execute_batch(
        "pragma journal_mode = wal; pragma synchronous = full; pragma wal_checkpoint(truncate)",
    )?;
    raw.close().map_err(|(_, cause)| cause)?;
    std::fs::File::open(path)?.sync_all()?;
    Ok(())
}
