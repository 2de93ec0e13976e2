//! Applies one entry, with its row in the ledger, in one transaction.

use std::collections::BTreeMap;

use rusqlite::fallible_iterator::FallibleIterator;
use rusqlite::{Batch, Connection, OptionalExtension, TransactionBehavior};

use super::border::{Border, Seen, is_reserved};
use super::error::MigrateError;
use super::reason::Trespass;
use super::{Due, ledger};

/// Applies an entry. After an error the file is as it was before.
pub(super) fn apply(connection: &mut Connection, due: &Due) -> Result<(), MigrateError> {
    // Outside the transaction, where alone it has an effect. With constraints on, dropping a table that is being rebuilt
    // would delete whatever refers to it.
    connection.execute_batch("pragma foreign_keys = off").map_err(MigrateError::store)?;
    // Rolled back when dropped.
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(MigrateError::store)?;
    let before = ledger::tables(&transaction).map_err(MigrateError::store)?;
    let entry = Applying { connection: &transaction, due, before };
    entry.run()?;
    entry.check_names()?;
    entry.check_references()?;
    ledger::own(&transaction, due.slice, &entry.before).map_err(MigrateError::store)?;
    ledger::insert(&transaction, due).map_err(MigrateError::store)?;
    drop(entry);
    transaction.commit().map_err(|cause| failed(due, cause))
}

/// An entry in its open transaction.
struct Applying<'a> {
    connection: &'a Connection,
    due: &'a Due,
    /// The tables that there were, with their owners.
    before: BTreeMap<String, Option<String>>,
}

impl Applying<'_> {
    /// Runs its statements, each only after it was judged.
    fn run(&self) -> Result<(), MigrateError> {
        let failed = |cause| failed(self.due, cause);
        let border = Border::watch(self.connection).map_err(failed)?;
        let mut statements = Batch::new(self.connection, self.due.migration.sql);
        loop {
            let prepared = statements.next();
            let seen = border.take();
            self.judge(&seen)?;
            let Some(mut statement) = prepared.map_err(failed)? else { break };
            let mut rows = statement.raw_query();
            while rows.next().map_err(failed)?.is_some() {}
            drop(rows);
            drop(statement);
            if self.connection.is_autocommit() {
                return Err(self.trespass(Trespass::Forbidden { what: "rollback".to_owned() }));
            }
            // What SQLite prepared for itself meanwhile, in virtual tables, is not the entry's doing.
            border.take();
            for table in &seen.triggers {
                self.check_trigger(&border, table)?;
            }
        }
        Ok(())
    }

    /// What a trigger does shows only when something that sets it off is prepared.
    fn check_trigger(&self, border: &Border<'_>, table: &str) -> Result<(), MigrateError> {
        let name = quoted(table);
        let columns: Vec<String> = self
            .connection
            .prepare("select name from pragma_table_info(?)")
            .and_then(|mut statement| statement.query_map([table], |row| row.get(0))?.collect())
            .map_err(|cause| failed(self.due, cause))?;
        border.take();
        let set: Vec<_> = columns.iter().map(|column| format!("{0} = {0}", quoted(column))).collect();
        for sql in [
            format!("delete from {name}"),
            format!("insert into {name} default values"),
            format!("update {name} set {}", set.join(", ")),
        ] {
            // One that cannot be prepared, such as an insert into a view that only has a trigger for updates, does
            // nothing either.
            drop(self.connection.prepare(&sql));
            self.judge(&border.take())?;
        }
        Ok(())
    }

    fn check_names(&self) -> Result<(), MigrateError> {
        let now = ledger::tables(self.connection).map_err(MigrateError::store)?;
        let made = now.into_keys().find(|table| !self.before.contains_key(table) && is_reserved(table));
        made.map_or(Ok(()), |table| Err(self.trespass(Trespass::Reserved { table })))
    }

    /// Constraints were off, so that nothing cascaded; they must hold all the same.
    fn check_references(&self) -> Result<(), MigrateError> {
        let orphan: Option<(String, String)> = self
            .connection
            .query_row("pragma foreign_key_check", [], |row| Ok((row.get(0)?, row.get(2)?)))
            .optional()
            .map_err(|cause| failed(self.due, cause))?;
        orphan.map_or(Ok(()), |(table, parent)| {
            let (slice, entry) = self.due.names();
            Err(MigrateError::Orphans { slice, entry, table, parent })
        })
    }

    fn judge(&self, seen: &Seen) -> Result<(), MigrateError> {
        seen.judge(self.due.slice, &self.before).map_err(|what| self.trespass(what))
    }

    fn trespass(&self, what: Trespass) -> MigrateError {
        let (slice, entry) = self.due.names();
        MigrateError::Trespass { slice, entry, what }
    }
}

fn failed(due: &Due, cause: rusqlite::Error) -> MigrateError {
    let (slice, entry) = due.names();
    MigrateError::Failed { slice, entry, cause: cause.into() }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
