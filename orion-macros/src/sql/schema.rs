//! The database in memory: applies migrations, prepares statements.

mod verify;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::Range;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::access::{Access, Touched};
use super::analysis::Analysis;
use super::catalog::Catalog;
use super::columns::{self, Told};
use super::diagnose::Refused;
use super::error::SqlError;
use super::keyed;
use super::lacking;
use super::marks;
use super::migration;
use super::model::{Changed, Checked};
use super::parameters;
use super::reference::{self, Reference};
use super::statement;
use super::tokens::Tokens;
use super::value::Value;

/// A slice's schema, as its migrations build it.
///
/// Constraints between tables are off while migrations are applied, as they are at run time, and on while statements are
/// checked. Where they lead into another slice, a second database has them on, with what stands in for its tables: there a
/// statement must not find these.
pub(crate) struct Schema {
    connection: Connection,
    access: Access,
    pub(super) catalog: Catalog,
    /// The migrations that were applied.
    applied: Vec<String>,
    constrained: OnceCell<Option<Constrained>>,
}

/// A database with the slice's tables, and what stands in for other slices', in which constraints are on.
struct Constrained {
    connection: Connection,
    access: Access,
}

/// A migration may take this many steps of SQLite's machine, counted in thousands: seconds on a slow computer. The database is
/// empty, so one that takes more does not end.
const MOST_STEPS: u32 = 50_000;

impl Schema {
    /// A schema without tables.
    pub(crate) fn new() -> Self {
        // Opening a database in memory and setting it up reads nothing and fails only without memory.
        let (connection, access) = open().expect("SQLite opens a database in memory");
        let (catalog, applied, constrained) = (Catalog::default(), Vec::new(), OnceCell::new());
        Self { connection, access, catalog, applied, constrained }
    }

    /// Applies one migration: one statement or many, as one transaction. After an error the schema is as it was, but for
    /// views and triggers that are wrong in themselves.
    pub(crate) fn apply(&mut self, sql: &str) -> Result<(), SqlError> {
        statement::refuse_nul(sql)?;
        let tokens = Tokens::of(sql);
        let statements = migration::statements(&tokens);
        if statements.is_empty() {
            return Err(
                SqlError::new("the migration is empty").help("write what it changes: `create table …`")
            );
        }
        for statement in &statements {
            migration::refuse(&tokens, statement)?;
        }
        if self.constrained.take().is_some() {
            self.constrain(false).map_err(unplaced)?;
        }
        let applied = self.run(&tokens, &statements);
        self.applied.push(sql.to_owned());
        self.catalog = Catalog::read(&self.connection).map_err(|error| SqlError::new(error.to_string()))?;
        applied?;
        self.verify(&tokens, &statements)?;
        self.check_references()
    }

    /// The tables that the migrations have created, sorted.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.catalog.tables().map(|table| table.name.clone()).collect()
    }

    /// The names of a table's columns.
    pub(crate) fn column_names(&self, table: &str) -> Vec<String> {
        let columns = self.catalog.table(table).map(|table| &table.columns);
        columns.into_iter().flatten().map(|column| column.name.clone()).collect()
    }

    /// The tables that keep any value in any column, in the order of their names.
    pub(crate) fn loose(&self) -> Vec<String> {
        let loose = self.catalog.tables().filter(|table| !table.strict && !table.is_virtual);
        loose.map(|table| table.name.clone()).collect()
    }

    /// The foreign keys into tables that no migration has created, in the order of their tables.
    pub(crate) fn references(&self) -> Vec<Reference> {
        // Nothing but memory can be lacking.
        Reference::read(&self.connection).unwrap_or_default()
    }

    /// The keys that a foreign key of another slice may name, sorted: the table, and its columns sorted; in lower case.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&str, &[String])> {
        self.catalog.keys()
    }

    /// What becomes of the slice's tables when a row that is referred to goes, or its key changes.
    pub(crate) fn consequences(&self, reference: &Reference) -> Result<Changed, SqlError> {
        let mut changed = Changed::default();
        for action in reference.actions() {
            let Some(touched) = self.touched_elsewhere(&action).map_err(unplaced)? else { continue };
            let Changed { writes, removes } = self.changed(&touched, &Tokens::of(&action));
            changed.writes.extend(writes);
            changed.removes.extend(removes);
        }
        Ok(changed)
    }

    /// Checks one statement of a query. `arguments` are the names by which its parameters may be called, in their order.
    pub(crate) fn check_for(&self, sql: &str, arguments: &[String]) -> Result<Checked, SqlError> {
        let written = Tokens::of(sql);
        let range = statement::only(&written, arguments)?;
        let (marks, sql) = marks::read(&written)?;
        let tokens = if marks.is_empty() { written } else { Tokens::of(&sql) };
        self.constrained().map_err(unplaced)?;
        self.access.start();
        let statement =
            self.connection.prepare(&sql).map_err(|error| self.refused(&tokens, range.clone(), 0, &error))?;
        let mut touched = self.access.touched();
        if !statement.readonly() {
            lacking::refuse(&tokens, range.clone(), &self.catalog, &self.connection)?;
            let elsewhere = self.touched_elsewhere(&sql);
            let elsewhere = elsewhere.map_err(|error| self.refused(&tokens, range.clone(), 0, &error))?;
            touched = elsewhere.unwrap_or(touched);
        }
        let changed = self.changed(&touched, &tokens);
        let names: Vec<String> = (1..=statement.parameter_count())
            .map(|at| statement.parameter_name(at).unwrap_or_default().to_owned())
            .collect();
        let told = told(&statement);

        let (mut analysis, all) = (Analysis::new(&tokens, &self.catalog), range.clone());
        let mut cells = analysis.statement(range, told.len());
        if analysis.doubtful {
            cells.iter_mut().flatten().for_each(|cell| cell.output.value = Value::UNKNOWN);
        }
        let by_key =
            if statement.readonly() { keyed::of(&analysis, &names, &touched.reads) } else { Vec::new() };
        Ok(Checked {
            by_key,
            parameters: parameters::of(&analysis, &names),
            columns: columns::of(&tokens, cells, told, marks)?,
            reads: self.tables_read(touched.reads, &analysis.tables),
            writes: changed.writes.into_iter().collect(),
            removes: changed.removes.into_iter().collect(),
            run_together: columns::run_together(&tokens, all, &analysis.tables, &self.catalog),
            read_only: statement.readonly(),
            sql: tokens.sql().to_owned(),
        })
    }

    /// How the values of a column are compared.
    pub(super) fn collation(&self, table: &str, column: &str) -> String {
        let known = self.connection.column_metadata(Some("main"), table, column);
        // Nothing but memory can be lacking; then it is not the one that is wanted.
        let known = known.ok().and_then(|(_, collation, ..)| Some(collation?.to_string_lossy().into_owned()));
        known.unwrap_or_default()
    }

    #[cfg(test)]
    pub(super) fn check(&self, sql: &str) -> Result<Checked, SqlError> {
        self.check_for(sql, &[])
    }

    /// What a statement touches where constraints lead into another slice; `None` where none do.
    fn touched_elsewhere(&self, sql: &str) -> rusqlite::Result<Option<Touched>> {
        let Some(Constrained { connection, access }) = self.constrained()? else { return Ok(None) };
        access.start();
        connection.prepare(sql)?;
        Ok(Some(access.touched()))
    }

    /// Sees to it that constraints are on: in a database of their own, if they lead into another slice.
    fn constrained(&self) -> rusqlite::Result<Option<&Constrained>> {
        if let Some(constrained) = self.constrained.get() {
            return Ok(constrained.as_ref());
        }
        let references = Reference::read(&self.connection)?;
        let constrained = if references.is_empty() {
            self.constrain(true)?;
            None
        } else {
            let (connection, access) = open()?;
            for migration in &self.applied {
                // One that was refused is refused again.
                let _ = connection.execute_batch(migration);
            }
            connection.execute_batch(&reference::stand_ins(&references))?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
            Some(Constrained { connection, access })
        };
        Ok(self.constrained.get_or_init(|| constrained).as_ref())
    }

    fn constrain(&self, on: bool) -> rusqlite::Result<()> {
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, on).map(drop)
    }

    fn changed(&self, touched: &Touched, tokens: &Tokens<'_>) -> Changed {
        let keys = touched.updates.iter().filter(|(table, column)| self.catalog.is_key(table, column));
        let mut removed: BTreeSet<String> = keys.map(|(table, _)| table.clone()).collect();
        removed.extend(touched.deletes.iter().cloned());
        // What is replaced is deleted, and the authorizer does not say so.
        if self.catalog.replaces || tokens.all().any(|at| tokens.is(at, "replace")) {
            removed.extend(touched.writes.iter().cloned());
        }
        let declared = |names| self.tables_among(names).into_iter().collect();
        Changed { writes: declared(&touched.writes), removes: declared(&removed) }
    }

    /// The authorizer is not asked when a table is copied as a whole (`insert into a select * from b`): what a `from` names
    /// is read too. And a full-text index reads the text that it shows from the table that holds it.
    fn tables_read(&self, mut touched: BTreeSet<String>, named: &BTreeSet<String>) -> Vec<String> {
        touched.extend(named.iter().cloned());
        let content = touched.iter().filter_map(|name| self.catalog.table(name)?.content.clone());
        let content: Vec<String> = content.map(|name| name.to_ascii_lowercase()).collect();
        touched.extend(content);
        self.tables_among(&touched)
    }

    /// Those of the names, in lower case, that are a slice's tables; as they were declared.
    fn tables_among(&self, names: &BTreeSet<String>) -> Vec<String> {
        let tables = self.catalog.tables().filter(|table| names.contains(&table.name.to_ascii_lowercase()));
        tables.map(|table| table.name.clone()).collect()
    }

    fn run(&self, tokens: &Tokens<'_>, statements: &[Range<usize>]) -> Result<(), SqlError> {
        let mut steps = 0;
        let limit = move || {
            steps += 1;
            steps > MOST_STEPS
        };
        self.connection.progress_handler(1000, Some(limit)).map_err(unplaced)?;
        self.connection.execute_batch("begin").map_err(unplaced)?;
        let mut done = statements.iter().try_for_each(|statement| self.step(tokens, statement));
        if done.is_ok() {
            done = self.connection.execute_batch("commit").map_err(unplaced);
        }
        if done.is_err() && !self.connection.is_autocommit() {
            self.connection.execute_batch("rollback").map_err(unplaced)?;
        }
        self.connection.progress_handler(0, None::<fn() -> bool>).map_err(unplaced)?;
        done
    }

    fn step(&self, tokens: &Tokens<'_>, statement: &Range<usize>) -> Result<(), SqlError> {
        let bytes = tokens.bytes(statement.clone());
        let run = || {
            let mut prepared = self.connection.prepare(&tokens.sql()[bytes.clone()])?;
            let mut rows = prepared.raw_query();
            while rows.next()?.is_some() {}
            Ok(())
        };
        run().map_err(|error: rusqlite::Error| {
            if error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted) {
                return SqlError::new("the statement does not come to an end")
                    .at(tokens.bytes(statement.start..statement.start + 1))
                    .help("on an empty database it took 50 million steps of SQLite's machine");
            }
            self.refused(tokens, statement.clone(), bytes.start, &error)
        })
    }

    /// The error for a statement, or a piece of it that starts at a byte, that SQLite has refused.
    fn refused(
        &self,
        tokens: &Tokens<'_>,
        statement: Range<usize>,
        start: usize,
        error: &rusqlite::Error,
    ) -> SqlError {
        let (message, offset) = message(error);
        let byte = offset.map(|offset| start + offset);
        let functions = self.functions();
        // What the statements before it in the same migration have created counts too.
        let current = Catalog::read(&self.connection);
        let catalog = current.as_ref().unwrap_or(&self.catalog);
        Refused { tokens, statement, catalog, functions: &functions }.error(&message, byte)
    }

    /// The names of SQLite's functions; only for a hint, so none where they cannot be had.
    fn functions(&self) -> Vec<String> {
        let read = || {
            let mut statement =
                self.connection.prepare("select distinct name from pragma_function_list order by 1")?;
            statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().unwrap_or_default()
    }
}

/// A database in memory without tables.
fn open() -> rusqlite::Result<(Connection, Access)> {
    let connection = Connection::open_in_memory()?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false)?;
    // With these on, a mistyped column in double quotes is a string and no error.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    let access = Access::listen(&connection)?;
    Ok((connection, access))
}

/// What SQLite tells of the result columns.
fn told(statement: &rusqlite::Statement<'_>) -> Vec<Told> {
    let columns = statement.columns_with_metadata();
    columns
        .iter()
        .map(|column| Told {
            name: column.name().to_owned(),
            origin: column.table_name().zip(column.origin_name()).map(|(a, b)| (a.to_owned(), b.to_owned())),
        })
        .collect()
}

/// SQLite's sentence alone.
#[allow(clippy::needless_pass_by_value, reason = "it is given to `map_err`")]
fn unplaced(error: rusqlite::Error) -> SqlError {
    SqlError::new(message(&error).0)
}

/// SQLite's sentence, and the byte of the text that it is about.
fn message(error: &rusqlite::Error) -> (String, Option<usize>) {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => (msg.clone(), usize::try_from(*offset).ok()),
        rusqlite::Error::SqliteFailure(_, Some(message)) => (message.clone(), None),
        other => (other.to_string(), None),
    }
}
