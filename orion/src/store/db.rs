//! `Db` and `Tx`: the only ways into the store from a feature module. They run statements and record what was touched.

use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use crate::decl::Statement;
use crate::error::{Error, Result};
use crate::row::{Columns, Row, RowRef};
use crate::topic::{Announce, Topic, Topics};
use crate::value::{Mismatch, Value};

/// How a row is read.
type Read<T> = fn(&RowRef<'_>) -> Result<T, Mismatch>;

/// A connection of some store; lives on one thread.
pub trait Connection {
    /// Runs a statement, gives each row to `each` until it says `false`, and returns how many rows were changed.
    fn run(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Columns) -> Result<bool>,
    ) -> Result<u64>;
}

/// The store, for reading. Whatever is read through it is remembered, so that a region is rendered again when it changes.
pub struct Db {
    connection: Rc<dyn Connection>,
    reads: RefCell<Topics>,
}

impl Db {
    /// Reads through `connection`.
    pub fn new(connection: Rc<dyn Connection>) -> Self {
        Self { connection, reads: RefCell::default() }
    }

    /// Every row.
    pub fn all<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Vec<T>> {
        only_reads(statement)?;
        self.rows(statement, params, T::COLUMNS, T::read)
    }

    /// The first row, if there is one. A single value that is null counts as none.
    pub fn optional<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Option<T>> {
        self.first(statement, params, T::COLUMNS, T::read_optional).map(Option::flatten)
    }

    /// The first row; [`NotFound`](crate::NotFound) where there is none.
    pub fn one<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<T> {
        self.first(statement, params, T::COLUMNS, T::read)?.ok_or_else(|| crate::NotFound.into())
    }

    fn rows<T>(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        fields: &'static [&'static str],
        read: Read<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        let mut push = |row: &RowRef<'_>| {
            rows.push(read(row)?);
            Ok(true)
        };
        self.each(statement, params, &mut push, fields)?;
        Ok(rows)
    }

    fn first<T>(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        fields: &'static [&'static str],
        read: Read<T>,
    ) -> Result<Option<T>> {
        only_reads(statement)?;
        let mut first = None;
        let mut take = |row: &RowRef<'_>| {
            first = Some(read(row)?);
            Ok(false)
        };
        self.each(statement, params, &mut take, fields)?;
        Ok(first)
    }

    /// What was read since the last call, or since the connection's current job began.
    pub fn take_reads(&self) -> Topics {
        self.reads.take()
    }

    fn each(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&RowRef<'_>) -> Result<bool>,
        fields: &'static [&'static str],
    ) -> Result<u64> {
        self.reads.borrow_mut().extend(statement.reads.iter().map(|table| Topic::table(table)));
        let order = order(fields, statement)?;
        let names = if fields.is_empty() { statement.columns } else { fields };
        self.connection.run(statement, params, &mut |columns| each(&RowRef::new(columns, names, &order)))
    }
}

/// A write is announced by the `Tx` that it goes through. A `Tx` is a `Db` too: this keeps it from being one while it writes.
fn only_reads(statement: &Statement) -> Result<()> {
    if statement.writes.is_empty() {
        return Ok(());
    }
    let error = Error::internal("it writes, and `&Db` only reads; take `&Tx`");
    Err(error.while_doing(statement.doing()))
}

/// For each field its column; empty where both have the same order.
fn order(fields: &[&str], statement: &Statement) -> Result<Vec<usize>> {
    if fields.is_empty() || statement.columns.is_empty() || fields == statement.columns {
        return Ok(Vec::new());
    }
    fields
        .iter()
        .map(|field| {
            statement.columns.iter().position(|column| column == field).ok_or_else(|| {
                Error::internal(format!("the statement returns no column `{field}`: {}", statement.sql))
            })
        })
        .collect()
}

/// The store, for writing: one savepoint of the writer's current transaction. Reads through it see what it wrote.
pub struct Tx {
    db: Db,
    changed: RefCell<Topics>,
}

impl Tx {
    /// Writes through `connection`.
    pub fn new(connection: Rc<dyn Connection>) -> Self {
        Self { db: Db::new(connection), changed: RefCell::default() }
    }

    /// Runs a statement that returns no rows and says how many rows it changed.
    pub fn execute(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Changes> {
        self.wrote(statement);
        Ok(Changes(self.db.each(statement, params, &mut |_| Ok(true), &[])?))
    }

    /// Every row of a statement that writes: `… returning …`.
    pub fn all<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Vec<T>> {
        self.wrote(statement);
        self.db.rows(statement, params, T::COLUMNS, T::read)
    }

    /// The first row of a statement that writes, if there is one; a single value that is null counts as none. The statement still
    /// runs to its end.
    pub fn optional<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Option<T>> {
        self.wrote(statement);
        let rows = self.db.rows(statement, params, T::COLUMNS, T::read_optional)?;
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

    /// What was changed since the last call.
    pub fn take_changed(&self) -> Topics {
        self.changed.take()
    }

    fn wrote(&self, statement: &Statement) {
        let mut changed = self.changed.borrow_mut();
        changed.extend(statement.writes.iter().map(|table| Topic::table(table)));
        changed.extend(statement.removes.iter().map(|table| Topic::removed(table)));
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
