//! The ledger: what was applied to the file, and whose each table is.

use std::collections::BTreeMap;
use std::fmt::Write;

use hmac_sha256::Hash;
use rusqlite::{Connection, Result};

use super::Due;

/// An applied entry, as the file remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Applied {
    pub(super) name: String,
    pub(super) checksum: String,
    /// The text itself, so that an edit can be shown and not only noticed.
    pub(super) sql: String,
}

/// What was applied, by slice, oldest first.
#[derive(Default)]
pub(super) struct Ledger(BTreeMap<String, Vec<Applied>>);

impl Ledger {
    /// Reads it; a file without one has had nothing applied.
    pub(super) fn read(connection: &Connection) -> Result<Self> {
        let mut slices = BTreeMap::<String, Vec<Applied>>::new();
        if connection.table_exists(Some("main"), "orion_migrations")? {
            let mut statement = connection.prepare(
                "select slice, name, checksum, sql from orion_migrations order by slice, position",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let applied = Applied { name: row.get(1)?, checksum: row.get(2)?, sql: row.get(3)? };
                slices.entry(row.get(0)?).or_default().push(applied);
            }
        }
        Ok(Self(slices))
    }

    /// What was applied of one slice.
    pub(super) fn of(&self, slice: &str) -> &[Applied] {
        self.0.get(slice).map_or(&[], Vec::as_slice)
    }

    /// The slices of which something was applied.
    pub(super) fn slices(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// Makes the ledger's own tables where they are not there.
pub(super) fn create(connection: &Connection) -> Result<()> {
    connection.execute_batch(
        "begin immediate;
         create table if not exists orion_migrations (
             slice text not null,
             position integer not null,
             name text not null,
             checksum text not null,
             sql text not null,
             applied_at text not null default (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
             primary key (slice, position)
         ) strict;
         create table if not exists orion_tables (name text primary key collate nocase, slice text not null) strict;
         commit;",
    )
}

/// Writes down that an entry was applied.
pub(super) fn insert(connection: &Connection, due: &Due) -> Result<()> {
    let Due { slice, position, migration } = due;
    connection.execute(
        "insert into orion_migrations (slice, position, name, checksum, sql) values (?, ?, ?, ?, ?)",
        (slice, position, migration.name, checksum(migration.sql), migration.sql),
    )?;
    Ok(())
}

/// The SHA-256 of a text, in hexadecimal; the same for line ends of either kind, which version control may exchange, and
/// whatever space stands around it: a file ends its last line, a constant does not.
pub(super) fn checksum(sql: &str) -> String {
    let mut text = String::with_capacity(64);
    for byte in Hash::hash(sql.trim().replace("\r\n", "\n").as_bytes()) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// The tables and views of the file, but for SQLite's own, with the slice that owns each. Names are in lower case, because
/// SQLite tells none apart by case.
pub(super) fn tables(connection: &Connection) -> Result<BTreeMap<String, Option<String>>> {
    let mut statement = connection.prepare(
        "select lower(s.name), o.slice from sqlite_schema s left join orion_tables o on o.name = s.name
         where s.type in ('table', 'view') and s.name not like 'sqlite\\_%' escape '\\'",
    )?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

/// Gives the tables that have no owner yet to `slice`, but for `before`, which were there already, and forgets those that
/// are gone.
pub(super) fn own(
    connection: &Connection,
    slice: &str,
    before: &BTreeMap<String, Option<String>>,
) -> Result<()> {
    let mut insert = connection.prepare("insert into orion_tables (name, slice) values (?, ?)")?;
    for (table, owner) in tables(connection)? {
        if owner.is_none() && !before.contains_key(&table) {
            insert.execute((table, slice))?;
        }
    }
    connection.execute(
        "delete from orion_tables where not exists (
             select 1 from sqlite_schema s
             where s.type in ('table', 'view') and s.name = orion_tables.name collate nocase)",
        [],
    )?;
    Ok(())
}
