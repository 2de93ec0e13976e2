//! `Db`: the way into the store from a feature module, for reading. Records what was read.

use std::cell::RefCell;
use std::rc::Rc;

use crate::decl::Statement;
use crate::error::{Error, Result};
use crate::row::{Columns, Row, RowRef};
use crate::topic::{Parts, Topics};
use crate::value::{Mismatch, Value};

use super::Ran;

/// A connection of some store; lives on one thread.
pub trait Connection {
    /// Runs a statement, gives each row to `each` until it says `false`, and returns what was changed.
    ///
    /// Of a statement that fails nothing is returned, though it may have changed something: then every table that it is
    /// declared to write is announced as a whole.
    fn run(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&dyn Columns) -> Result<bool>,
    ) -> Result<Ran>;
}

/// The store, for reading. Whatever is read through it is remembered, so that a region is rendered again when it changes.
pub struct Db {
    connection: Rc<dyn Connection>,
    reads: RefCell<Parts>,
}

impl Db {
    /// Reads through `connection`.
    pub fn new(connection: Rc<dyn Connection>) -> Self {
        Self { connection, reads: RefCell::default() }
    }

    /// Every row.
    pub fn all<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Vec<T>> {
        only_reads(statement)?;
        gathered(T::read, |push| self.each(statement, params, push, T::COLUMNS))
    }

    /// The first row, if there is one. A single value that is null counts as none.
    pub fn optional<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Option<T>> {
        self.first(statement, params, T::COLUMNS, T::read_optional).map(Option::flatten)
    }

    /// The first row; [`NotFound`](crate::NotFound) where there is none.
    pub fn one<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<T> {
        self.first(statement, params, T::COLUMNS, T::read)?.ok_or_else(|| crate::NotFound.into())
    }

    fn first<T>(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        fields: &'static [&'static str],
        read: impl Fn(&RowRef<'_>) -> Result<T, Mismatch>,
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
        self.reads.take().topics().collect()
    }

    pub(super) fn each(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&RowRef<'_>) -> Result<bool>,
        fields: &'static [&'static str],
    ) -> Result<Ran> {
        statement.read_with(params, &mut self.reads.borrow_mut());
        let order = order(fields, statement)?;
        let names = if fields.is_empty() { statement.columns } else { fields };
        self.connection.run(statement, params, &mut |columns| each(&RowRef::new(columns, names, &order)))
    }
}

/// The rows that `run` gives to what it is given.
pub(super) fn gathered<T, R>(
    read: impl Fn(&RowRef<'_>) -> Result<T, Mismatch>,
    run: impl FnOnce(&mut dyn FnMut(&RowRef<'_>) -> Result<bool>) -> Result<R>,
) -> Result<Vec<T>> {
    let mut rows = Vec::new();
    run(&mut |row| {
        rows.push(read(row)?);
        Ok(true)
    })?;
    Ok(rows)
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
                Error::internal(format!("the statement returns no column `{field}`: {}", statement.sql.get()))
            })
        })
        .collect()
}
