//! The database in memory: applies migrations, prepares statements.

use std::collections::BTreeSet;
use std::ops::Range;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::access::Access;
use super::analysis::Analysis;
use super::catalog::Catalog;
use super::columns::{self, Told};
use super::diagnose::Refused;
use super::error::SqlError;
use super::marks;
use super::migration::{self, Deferred, DeferredKind, Event};
use super::model::Checked;
use super::parameters;
use super::statement;
use super::tokens::Tokens;
use super::value::Value;

/// A slice's schema, as its migrations build it.
pub(crate) struct Schema {
    connection: Connection,
    access: Access,
    catalog: Catalog,
}

/// A migration may take this many steps of SQLite's machine, counted in thousands: seconds on a slow computer. The database is
/// empty, so one that takes more does not end.
const MOST_STEPS: u32 = 50_000;

impl Schema {
    /// A schema without tables.
    pub(crate) fn new() -> Self {
        // Opening a database in memory and setting it up reads nothing and fails only without memory.
        Self::open().expect("SQLite opens a database in memory")
    }

    fn open() -> rusqlite::Result<Self> {
        let connection = Connection::open_in_memory()?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
        // With these on, a mistyped column in double quotes is a string and no error.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
        let access = Access::listen(&connection)?;
        Ok(Self { connection, access, catalog: Catalog::default() })
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
        let applied = self.run(&tokens, &statements);
        self.catalog = Catalog::read(&self.connection).map_err(|error| SqlError::new(error.to_string()))?;
        applied?;
        self.verify(&tokens, &statements)
    }

    /// The tables that the migrations have created, sorted.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.catalog.tables().map(|table| table.name.clone()).collect()
    }

    /// The tables that keep any value in any column, in the order of their names.
    pub(crate) fn loose(&self) -> Vec<String> {
        let loose = self.catalog.tables().filter(|table| !table.strict && !table.is_virtual);
        loose.map(|table| table.name.clone()).collect()
    }

    /// Checks one statement of a query.
    pub(crate) fn check(&self, sql: &str) -> Result<Checked, SqlError> {
        let written = Tokens::of(sql);
        let range = statement::only(&written)?;
        let (marks, sql) = marks::read(&written)?;
        let tokens = if marks.is_empty() { written } else { Tokens::of(&sql) };
        self.access.start();
        let statement =
            self.connection.prepare(&sql).map_err(|error| self.refused(&tokens, range.clone(), 0, &error))?;
        let touched = self.access.touched();
        let names: Vec<String> = (1..=statement.parameter_count())
            .map(|at| statement.parameter_name(at).unwrap_or_default().to_owned())
            .collect();
        let told = told(&statement);

        let mut analysis = Analysis::new(&tokens, &self.catalog);
        let mut cells = analysis.statement(range, told.len());
        if analysis.doubtful {
            cells.iter_mut().flatten().for_each(|cell| cell.output.value = Value::UNKNOWN);
        }
        Ok(Checked {
            parameters: parameters::of(&analysis, &names),
            columns: columns::of(&tokens, cells, told, marks)?,
            reads: self.tables_read(touched.reads, &analysis.tables),
            writes: self.tables_among(&touched.writes),
            read_only: statement.readonly(),
            sql: tokens.sql().to_owned(),
        })
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
        let unplaced = |error: rusqlite::Error| SqlError::new(message(&error).0);
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

    /// Uses each view and trigger that a migration has created once, as SQLite looks into it only then.
    fn verify(&self, tokens: &Tokens<'_>, statements: &[Range<usize>]) -> Result<(), SqlError> {
        let unplaced = |error: rusqlite::Error| SqlError::new(message(&error).0);
        // A foreign key to a table that is not there is another mistake, and that of the statement that writes.
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, false).map_err(unplaced)?;
        let mut deferred = statements.iter().filter_map(|statement| migration::deferred(tokens, statement));
        let verified = deferred.try_for_each(|deferred| self.verify_one(tokens, &deferred));
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true).map_err(unplaced)?;
        verified
    }

    fn verify_one(&self, tokens: &Tokens<'_>, deferred: &Deferred) -> Result<(), SqlError> {
        let exists = self.connection.query_row(
            "select 1 from sqlite_schema where lower(name) = lower(?1)",
            [&deferred.name],
            |_| Ok(()),
        );
        if exists.is_err() {
            return Ok(());
        }
        let refused = |start: usize| {
            move |error: rusqlite::Error| self.refused(tokens, deferred.statement.clone(), start, &error)
        };
        // Past the end: no byte of a text that is not the migration's.
        let nowhere = tokens.sql().len();
        match &deferred.kind {
            DeferredKind::View(select) => {
                let bytes = tokens.bytes(select.clone());
                self.connection.prepare(&tokens.sql()[bytes.clone()]).map_err(refused(bytes.start))?;
                let use_it = format!("select * from {}", quoted(&deferred.name));
                self.connection.prepare(&use_it).map_err(refused(nowhere))?;
            }
            DeferredKind::Trigger(event, table) => {
                let fire_it = match event {
                    Event::Insert => format!("insert into {} default values", quoted(table)),
                    Event::Delete => format!("delete from {}", quoted(table)),
                    Event::Update(column) => {
                        let first = || Some(self.catalog.columns(table)?.first()?.name.clone());
                        let Some(column) = column.clone().or_else(first) else { return Ok(()) };
                        format!("update {} set {column} = null", quoted(table), column = quoted(&column))
                    }
                };
                self.connection.prepare(&fire_it).map_err(refused(nowhere))?;
            }
        }
        Ok(())
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

/// SQLite's sentence, and the byte of the text that it is about.
fn message(error: &rusqlite::Error) -> (String, Option<usize>) {
    match error {
        rusqlite::Error::SqlInputError { msg, offset, .. } => (msg.clone(), usize::try_from(*offset).ok()),
        rusqlite::Error::SqliteFailure(_, Some(message)) => (message.clone(), None),
        other => (other.to_string(), None),
    }
}

/// A name as SQL writes any name.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
