//! Watching tables by their keys: which of them the rows have that a statement inserts, updates or deletes.
//!
//! SQLite has a hook for it, but rusqlite's needs libclang wherever orion is compiled. Triggers in the `temp` schema see the same:
//! they belong to the one connection that writes, fire for whatever changes a row, cascades and other triggers included, and keep
//! SQLite from emptying a table without looking at its rows. What they do not see is a row that `or replace` puts another one in
//! the place of; where that may happen nobody watches.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

use crate::decl::Keyed;
use crate::store::{Parts, Touched};
use crate::topic::Key;

/// What the triggers call: the number of the table, then keys.
const TOLD: &str = "orion_touched";

/// The tables that a connection watches.
#[derive(Default)]
pub(super) struct Watch {
    /// What was asked for last.
    asked: RefCell<Arc<[Keyed]>>,
    /// The tables that are watched.
    tables: RefCell<Arc<[&'static str]>>,
    told: Arc<Told>,
}

/// What the triggers have told of the statement that runs.
#[derive(Default)]
struct Told {
    parts: Mutex<Parts>,
}

impl Told {
    fn parts(&self) -> MutexGuard<'_, Parts> {
        self.parts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watch {
    /// Watches these tables from now on, and no others. For a connection with no transaction open. A table that cannot be watched is
    /// announced as a whole.
    pub(super) fn set(&self, connection: &Connection, keyed: &Arc<[Keyed]>) {
        if Arc::ptr_eq(keyed, &self.asked.borrow()) {
            return;
        }
        let before = self.asked.replace(Arc::clone(keyed));
        self.tables.take();
        match self.install(connection, before.len(), keyed) {
            Ok(tables) => *self.tables.borrow_mut() = tables,
            Err(cause) => {
                tracing::error!(%cause, "no table is watched by its key; each is announced as a whole");
            }
        }
    }

    /// Before a statement.
    pub(super) fn begin(&self) {
        if !self.tables.borrow().is_empty() {
            *self.told.parts() = Parts::default();
        }
    }

    /// What a statement touched, once it is over.
    pub(super) fn end(&self, sql: &str) -> Touched {
        let tables = self.tables.borrow();
        if tables.is_empty() {
            return Touched::default();
        }
        let parts = std::mem::take(&mut *self.told.parts());
        let watched = if mentions_replace(sql) { Arc::default() } else { Arc::clone(&tables) };
        Touched { watched, parts }
    }

    fn install(
        &self,
        connection: &Connection,
        before: usize,
        keyed: &Arc<[Keyed]>,
    ) -> rusqlite::Result<Arc<[&'static str]>> {
        let old: String = (0..before).fold(String::new(), |sql, at| sql + &drop_triggers(at));
        connection.execute_batch(&old)?;
        if keyed.is_empty() {
            return Ok(Arc::default());
        }
        let (told, tables) = (Arc::clone(&self.told), Arc::clone(keyed));
        // Innocuous: the connection trusts no function that it finds in a trigger otherwise.
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
        connection.create_scalar_function(TOLD, -1, flags, move |call| {
            note(call, &tables, &told);
            Ok(None::<i64>)
        })?;
        let mut watched = Vec::with_capacity(keyed.len());
        for (at, keyed) in keyed.iter().enumerate() {
            if let Some(why) = unwatchable(connection, keyed)? {
                let Keyed { table, column } = keyed;
                tracing::warn!(
                    table,
                    column,
                    "the table is not watched by its key but announced as a whole: {why}"
                );
                continue;
            }
            connection.execute_batch(&create_triggers(at, keyed))?;
            watched.push(keyed.table);
        }
        Ok(watched.into())
    }
}

/// Notes the keys that a trigger tells.
fn note(call: &Context<'_>, tables: &[Keyed], told: &Told) {
    let at = call.get::<i64>(0).ok().and_then(|at| usize::try_from(at).ok());
    let Some(Keyed { table, .. }) = at.and_then(|at| tables.get(at)) else { return };
    let mut parts = told.parts();
    for at in 1..call.len() {
        parts.key(
            table,
            match call.get_raw(at) {
                ValueRef::Null => Key::NULL,
                ValueRef::Integer(value) => Key::integer(value),
                ValueRef::Real(value) => Key::real(value),
                ValueRef::Text(bytes) => Key::text(bytes),
                ValueRef::Blob(bytes) => Key::blob(bytes),
            },
        );
    }
}

/// Why a table cannot be watched.
fn unwatchable(connection: &Connection, keyed: &Keyed) -> rusqlite::Result<Option<&'static str>> {
    let (column, replaces): (bool, bool) = connection.query_row(
        "select exists(select 1 from pragma_table_xinfo(:table, 'main') where lower(name) = lower(:column)),
           exists(select 1 from sqlite_schema where sql like '%replace%'
             and (type = 'trigger' or type = 'table' and lower(name) = lower(:table)))",
        [keyed.table, keyed.column],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(match (column, replaces) {
        (false, _) => Some("there is no such column"),
        (true, true) => Some("a constraint or a trigger may replace rows"),
        (true, false) => None,
    })
}

fn create_triggers(at: usize, Keyed { table, column }: &Keyed) -> String {
    let (table, column) = (quoted(table), quoted(column));
    let mut sql = String::new();
    for (event, keys) in [
        ("insert", format!("new.{column}")),
        ("update", format!("old.{column}, new.{column}")),
        ("delete", format!("old.{column}")),
    ] {
        let _ = write!(
            sql,
            "create temp trigger orion_{event}_{at} after {event} on main.{table} begin select {TOLD}({at}, {keys}); end;"
        );
    }
    sql
}

fn drop_triggers(at: usize) -> String {
    let events = ["insert", "update", "delete"];
    events.map(|event| format!("drop trigger if exists temp.orion_{event}_{at};")).concat()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether `or replace` may stand in a statement. A name that holds the word is taken for it.
fn mentions_replace(sql: &str) -> bool {
    const WORD: &[u8] = b"replace";
    let bytes = sql.as_bytes();
    memchr::memchr2_iter(b'r', b'R', bytes)
        .any(|at| bytes[at..].get(..WORD.len()).is_some_and(|word| word.eq_ignore_ascii_case(WORD)))
}
