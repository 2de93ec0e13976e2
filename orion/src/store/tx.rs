//! `Tx`: the way into the store from a feature module, for writing. Records what was changed.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use crate::decl::Statement;
use crate::error::{Error, Result};
use crate::row::{Row, RowRef};
use crate::topic::{Announce, Parts, Topic, Topics};
use crate::value::Value;

use super::db::gathered;
use super::{Connection, Db, Ran, Touched};

/// The store, for writing: one savepoint of the writer's current transaction. Reads through it see what it wrote.
pub struct Tx {
    db: Db,
    /// The tables that were changed.
    wrote: RefCell<Parts>,
    /// What else is announced.
    changed: RefCell<Topics>,
}

impl Tx {
    /// Writes through `connection`.
    pub fn new(connection: Rc<dyn Connection>) -> Self {
        Self { db: Db::new(connection), wrote: RefCell::default(), changed: RefCell::default() }
    }

    /// Runs a statement that returns no rows and says how many rows it changed.
    pub fn execute(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Changes> {
        self.writing(statement).run(params, &mut |_| Ok(true), &[]).map(Changes)
    }

    /// Runs a statement that returns no rows.
    pub fn run(&self, statement: &Statement, params: &[Value<'_>]) -> Result<()> {
        self.execute(statement, params).map(|_| ())
    }

    /// Every row of a statement that writes: `… returning …`.
    pub fn all<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Vec<T>> {
        gathered(T::read, |push| self.writing(statement).run(params, push, T::COLUMNS))
    }

    /// The first row of a statement that writes, if there is one; a single value that is null counts as none. The statement still
    /// runs to its end.
    pub fn optional<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Option<T>> {
        let rows = gathered(T::read_optional, |push| self.writing(statement).run(params, push, T::COLUMNS))?;
        Ok(rows.into_iter().next().flatten())
    }

    /// The first row of a statement that writes; [`NotFound`](crate::NotFound) where there is none.
    pub fn one<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<T> {
        self.all(statement, params)?.into_iter().next().ok_or_else(|| crate::NotFound.into())
    }

    /// Announces a declared topic when, and only if, this write commits.
    #[allow(clippy::needless_pass_by_value)] // Reads as `publish(Board(7))`.
    pub fn publish(&self, what: impl Announce) {
        self.changed.borrow_mut().insert(what.topic());
    }

    /// The tables that were changed since the last call, and what else is announced.
    pub fn take_changed(&self) -> (Parts, Topics) {
        (self.wrote.take(), self.changed.take())
    }

    fn writing<'a>(&'a self, statement: &'a Statement) -> Writing<'a> {
        Writing { tx: self, statement, touched: Cell::default() }
    }
}

/// A statement that writes, until it is over: then what it touched is announced, if the write is kept. If it fails or panics, which
/// its caller may survive, that is everything that it may have touched.
struct Writing<'a> {
    tx: &'a Tx,
    statement: &'a Statement,
    touched: Cell<Touched>,
}

impl Writing<'_> {
    fn run(
        self,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&RowRef<'_>) -> Result<bool>,
        fields: &'static [&'static str],
    ) -> Result<u64> {
        let Ran { changes, touched } = self.tx.db.each(self.statement, params, each, fields)?;
        self.touched.set(touched);
        Ok(changes)
    }
}

impl Drop for Writing<'_> {
    fn drop(&mut self) {
        self.tx.wrote.borrow_mut().append(self.touched.take().announced(self.statement.writes));
        let removed = self.statement.removes.iter().map(|table| Topic::removed(table));
        self.tx.changed.borrow_mut().extend(removed);
    }
}

impl Deref for Tx {
    type Target = Db;
    fn deref(&self) -> &Db {
        &self.db
    }
}

/// How many rows a statement changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "if it does not matter how many rows changed, let the query return `Result<()>`"]
pub struct Changes(pub u64);

impl Changes {
    /// Fails with `error` unless exactly one row changed.
    pub fn one_or(self, error: impl Into<Error>) -> Result<()> {
        if self.0 == 1 { Ok(()) } else { Err(error.into()) }
    }

    /// Fails with `error` if no row changed.
    pub fn some_or(self, error: impl Into<Error>) -> Result<()> {
        if self.0 > 0 { Ok(()) } else { Err(error.into()) }
    }
}
