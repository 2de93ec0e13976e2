//! A connection: binds values, steps rows and lends columns. Knows nothing of threads, groups and queues.

use std::cell::Cell;
use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::decl::{Keyed, Statement};
use crate::error::{Error, Result};
use crate::row;
use crate::store::{self, Ran};
use crate::value::Value;

use super::deadline;
use super::text::is_query;
use super::watch::Watch;

/// Statements that stay prepared on each connection: more than an application has, so that none is prepared twice.
const STATEMENTS: usize = 1024;

/// What may be done through a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Reading only.
    Read,
    /// Reading and writing.
    Write,
}

/// Remembers which texts may run, by where they are: each is looked at once, and there it stays.
struct LetIn([Cell<usize>; 256]);

impl Default for LetIn {
    fn default() -> Self {
        Self([const { Cell::new(0) }; 256])
    }
}

impl LetIn {
    fn may_run(&self, sql: &'static str) -> bool {
        let address = sql.as_ptr().addr();
        let slot = &self.0[address / 8 % self.0.len()];
        if slot.get() == address {
            return true;
        }
        let may = is_query(sql);
        if may {
            slot.set(address);
        }
        may
    }
}

/// A connection that runs the statements of feature modules, inside a transaction that somebody else opens and ends.
pub(super) struct Connected {
    raw: rusqlite::Connection,
    access: Access,
    watch: Watch,
    let_in: LetIn,
}

impl Connected {
    pub(super) fn new(raw: rusqlite::Connection, access: Access) -> Self {
        raw.set_prepared_statement_cache_capacity(STATEMENTS);
        Self { raw, access, watch: Watch::default(), let_in: LetIn::default() }
    }

    /// The connection itself, for what feature modules may not do.
    pub(super) fn raw(&self) -> &rusqlite::Connection {
        &self.raw
    }

    /// Watches these tables by their keys, and no others. For when no transaction is open.
    pub(super) fn watch(&self, keyed: &Arc<[Keyed]>) {
        self.watch.set(&self.raw, keyed);
    }

    fn step(
        &self,
        declared: &Statement,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&dyn row::Columns) -> Result<bool>,
    ) -> Result<Ran> {
        // After `on conflict rollback`, a trigger's `raise(rollback, …)` or a full disk nothing holds the statements of
        // a write together any more: the next one would be committed by itself.
        if self.raw.is_autocommit() {
            return Err(Error::internal(
                "the transaction is over, because SQLite rolled it back when an earlier statement failed",
            ));
        }
        if !self.let_in.may_run(declared.sql.get()) {
            return Err(Error::internal(
                "only `select`, `insert`, `update`, `delete` and their like can run here; tables belong to \
                 `#[migration]`, transactions and settings to the store",
            ));
        }
        let mut statement = self.raw.prepare_cached(declared.sql.get())?;
        let writes = !statement.readonly();
        self.check(declared, writes)?;
        self.watch.begin();
        bind(&mut statement, params)?;
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().map_err(deadline::why)? {
            let columns = Columns { row, fault: Cell::new(None) };
            let more = each(&columns);
            if let Some(fault) = columns.fault.take() {
                return Err(fault.into());
            }
            if !more? {
                break;
            }
        }
        // Ends the statement: only then does SQLite count, and for one that only reads it repeats an older count.
        drop(rows);
        if !writes {
            return Ok(Ran::default());
        }
        Ok(Ran { changes: self.raw.changes(), touched: self.watch.end(declared.sql.get()) })
    }

    fn check(&self, declared: &Statement, writes: bool) -> Result<()> {
        if !writes {
            return Ok(());
        }
        if self.access == Access::Read {
            return Err(Error::internal("it writes, and `&Db` only reads; take `&Tx`"));
        }
        if declared.writes.is_empty() {
            return Err(Error::internal(
                "it writes, but is declared to write no table, so no page would hear of it; add `.writes(&[…])`",
            ));
        }
        Ok(())
    }
}

impl store::Connection for Connected {
    fn run(
        &self,
        statement: &Statement,
        params: &[Value<'_>],
        each: &mut dyn FnMut(&dyn row::Columns) -> Result<bool>,
    ) -> Result<Ran> {
        self.step(statement, params, each).map_err(|error| error.while_doing(statement.doing()))
    }
}

fn bind(statement: &mut rusqlite::Statement<'_>, params: &[Value<'_>]) -> Result<()> {
    let wanted = statement.parameter_count();
    if params.len() != wanted {
        let given = params.len();
        return Err(Error::internal(format!("it takes {wanted} parameters and is given {given}")));
    }
    for (at, value) in params.iter().enumerate() {
        let value = match *value {
            Value::Null => ValueRef::Null,
            Value::Integer(n) => ValueRef::Integer(n),
            Value::Real(x) => ValueRef::Real(x),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        };
        statement.raw_bind_parameter(at + 1, ToSqlOutput::Borrowed(value))?;
    }
    Ok(())
}

/// The row that a statement stands on. What cannot be read is kept as a fault, because reading a column cannot fail.
struct Columns<'a, 'statement> {
    row: &'a rusqlite::Row<'statement>,
    fault: Cell<Option<Fault>>,
}

impl row::Columns for Columns<'_, '_> {
    fn value(&self, at: usize) -> Value<'_> {
        let fault = match self.row.get_ref(at) {
            Ok(ValueRef::Null) => return Value::Null,
            Ok(ValueRef::Integer(n)) => return Value::Integer(n),
            Ok(ValueRef::Real(x)) => return Value::Real(x),
            Ok(ValueRef::Blob(bytes)) => return Value::Blob(bytes),
            Ok(ValueRef::Text(bytes)) => match str::from_utf8(bytes) {
                Ok(text) => return Value::Text(text),
                Err(_) => Fault::NotUtf8 { column: at + 1 },
            },
            Err(_) => Fault::NoColumn { column: at + 1 },
        };
        self.fault.set(Some(fault));
        Value::Null
    }
}

/// A column that cannot be read.
#[derive(Debug, Clone, Copy)]
enum Fault {
    NotUtf8 { column: usize },
    NoColumn { column: usize },
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotUtf8 { column } => write!(
                f,
                "column {column} holds text that is not UTF-8; something else than orion wrote it: store bytes as a blob"
            ),
            Self::NoColumn { column } => write!(f, "there is no column {column}"),
        }
    }
}

impl std::error::Error for Fault {}
