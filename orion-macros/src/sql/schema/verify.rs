//! What SQLite does not look at when it runs a migration: the texts of views and triggers, and rows that are referred to.

use std::ops::Range;

use super::{Schema, unplaced};
use crate::sql::error::SqlError;
use crate::sql::migration::{self, Deferred, DeferredKind, Event};
use crate::sql::reference::quoted;
use crate::sql::tokens::Tokens;

impl Schema {
    /// Uses each view and trigger that a migration has created once, as SQLite looks into it only then.
    pub(super) fn verify(&self, tokens: &Tokens<'_>, statements: &[Range<usize>]) -> Result<(), SqlError> {
        let mut deferred = statements.iter().filter_map(|statement| migration::deferred(tokens, statement));
        deferred.try_for_each(|deferred| self.verify_one(tokens, &deferred))
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

    /// Whether every row that is referred to is there, as it is asked at run time after each migration.
    pub(super) fn check_references(&self) -> Result<(), SqlError> {
        let mut check = self.connection.prepare_cached("pragma foreign_key_check").map_err(unplaced)?;
        let mut rows = check.query([]).map_err(unplaced)?;
        while let Some(row) = rows.next().map_err(unplaced)? {
            let (table, parent): (String, String) =
                (row.get(0).map_err(unplaced)?, row.get(2).map_err(unplaced)?);
            // The rows of another slice's table are not known here.
            if self.catalog.table(&parent).is_some() {
                return Err(SqlError::new(format!(
                    "FOREIGN KEY constraint failed: a row of `{table}` refers to a row of `{parent}` that is not there"
                )));
            }
        }
        Ok(())
    }
}
