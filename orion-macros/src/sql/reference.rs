//! Foreign keys into tables that the slice has not. They are another slice's: while compiling, empty tables stand in for them,
//! so that SQLite tells what its constraints do to the slice's own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rusqlite::Connection;

use super::tokens::Tokens;

/// A foreign key of a table of the slice into another slice's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// The table of the slice, as it was declared.
    pub(crate) table: String,
    /// Its columns, in the order of the constraint.
    pub(crate) columns: Vec<String>,
    /// The other slice's table, as it is written here.
    pub(crate) parent: String,
    /// The columns there; empty where none is named.
    pub(crate) key: Vec<String>,
    /// What SQLite does when the row there goes, and when its key changes: `CASCADE`, `SET NULL`, `NO ACTION`.
    on_delete: String,
    on_update: String,
}

impl Reference {
    /// The foreign keys of the database into tables that it has not.
    pub(super) fn read(connection: &Connection) -> rusqlite::Result<Vec<Self>> {
        let mut listed = connection.prepare_cached(
            "select t.name, f.id, f.\"from\", f.\"table\", f.\"to\", f.on_delete, f.on_update \
             from pragma_table_list as t join pragma_foreign_key_list(t.name) as f \
             where t.schema = 'main' and t.type = 'table' and not exists ( \
               select 1 from pragma_table_list as p where p.schema = 'main' and lower(p.name) = lower(f.\"table\")) \
             order by t.name, f.id, f.seq",
        )?;
        let mut found: BTreeMap<(String, i64), Self> = BTreeMap::new();
        let mut rows = listed.query([])?;
        while let Some(row) = rows.next()? {
            let table: String = row.get(0)?;
            let reference = found.entry((table.clone(), row.get(1)?)).or_insert(Self {
                table,
                columns: Vec::new(),
                parent: row.get(3)?,
                key: Vec::new(),
                on_delete: row.get(5)?,
                on_update: row.get(6)?,
            });
            reference.columns.push(row.get(2)?);
            reference.key.extend(row.get::<_, Option<String>>(4)?);
        }
        Ok(found.into_values().collect())
    }

    /// Statements that do to the slice's table what SQLite does to it, where it does anything.
    pub(super) fn actions(&self) -> Vec<String> {
        let table = quoted(&self.table);
        let mut actions = Vec::new();
        if self.on_delete == "CASCADE" {
            actions.push(format!("delete from {table}"));
        }
        if [&self.on_delete, &self.on_update].into_iter().any(|action| action.starts_with("SET"))
            || self.on_update == "CASCADE"
        {
            let set: Vec<_> =
                self.columns.iter().map(|column| format!("{} = null", quoted(column))).collect();
            actions.push(format!("update {table} set {}", set.join(", ")));
        }
        actions
    }
}

/// The statements that create what stands in for the tables that are referred to.
pub(super) fn stand_ins(references: &[Reference]) -> String {
    let mut keys: BTreeMap<String, BTreeSet<Vec<String>>> = BTreeMap::new();
    for Reference { parent, key, .. } in references.iter().filter(|reference| !reference.key.is_empty()) {
        let key = key.iter().map(|column| column.to_ascii_lowercase()).collect();
        keys.entry(parent.to_ascii_lowercase()).or_default().insert(key);
    }
    let tables = keys.iter().map(|(table, keys)| {
        let columns: BTreeSet<&String> = keys.iter().flatten().collect();
        let columns = columns.into_iter().map(|column| quoted(column));
        let unique = keys.iter().map(|key| {
            let key: Vec<_> = key.iter().map(|column| quoted(column)).collect();
            format!("unique ({})", key.join(", "))
        });
        let parts: Vec<_> = columns.chain(unique).collect();
        format!("create table {} ({});", quoted(table), parts.join(", "))
    });
    tables.collect()
}

/// The place in a migration where a foreign key names the table, in bytes.
pub(crate) fn referred(sql: &str, table: &str) -> Option<Range<usize>> {
    let tokens = Tokens::of(sql);
    let is = |at: usize| tokens.name(at).is_some_and(|name| name.eq_ignore_ascii_case(table));
    let at = tokens.all().find(|at| tokens.is(*at, "references") && is(at + 1))?;
    Some(tokens.bytes(at + 1..at + 2))
}

/// A name as SQL writes any name.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
