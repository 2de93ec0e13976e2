//! Migrations: brings the file to where the slices are, entry by entry, or says why it must not be touched.
//!
//! The ledger in the file says what was applied. Everything is verified before anything is applied; each entry is applied
//! in a transaction of its own, together with its row in the ledger.

mod apply;
mod border;
mod error;
mod ledger;
mod reason;
mod verify;

pub use error::MigrateError;
pub use reason::{Edit, Trespass};

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use rusqlite::Connection;

use super::{Sqlite, connect};
use crate::decl::{Migration, Slice};
use ledger::Ledger;

/// One entry of a slice's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The slice.
    pub slice: &'static str,
    /// The entry's name in it.
    pub name: &'static str,
}

/// An entry that is not applied yet.
struct Due {
    slice: &'static str,
    /// Counted from 1, as in the ledger.
    position: i64,
    migration: &'static Migration,
}

impl Sqlite {
    /// Applies what the slices have and the file has not, and says what it applied: in the order of `slices`, but what a slice
    /// uses before the slice.
    ///
    /// For boot, before anything is served: it opens a connection of its own and blocks. It stops at the first entry that
    /// cannot be applied; that entry leaves nothing behind, those before it stay. Constraints between tables are
    /// checked at the end of each entry, so a table can be rebuilt by copying it
    /// (<https://www.sqlite.org/lang_altertable.html#otheralter>); nothing cascades meanwhile.
    ///
    /// ```
    /// use orion::decl::{Migration, Slice};
    /// # use orion::store::sqlite::{Options, Sqlite};
    /// # let folder = tempfile::tempdir()?;
    /// # let store = Sqlite::open(folder.path().join("app.db"), &Options::default())?;
    ///
    /// static NOTES: Slice = Slice::new("notes")
    ///     .tables(&["notes"])
    ///     .migrations(&[Migration::new("CREATE", "create table notes (text text not null) strict")]);
    ///
    /// assert_eq!(store.migrate(&[&NOTES])?[0].name, "CREATE");
    /// assert_eq!(store.migrate(&[&NOTES])?, []);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn migrate(&self, slices: &[&'static Slice]) -> Result<Vec<Entry>, MigrateError> {
        let mut connection = self.connect().map_err(MigrateError::store)?;
        let due = due(&Ledger::read(&connection).map_err(MigrateError::store)?, slices)?;
        if !due.is_empty() {
            ledger::create(&connection).map_err(MigrateError::store)?;
        }
        let mut applied = Vec::with_capacity(due.len());
        for entry in &due {
            apply::apply(&mut connection, entry)?;
            tracing::info!(slice = entry.slice, entry = entry.migration.name, "applied a migration");
            applied.push(entry.named());
        }
        let alone = defers_constraints(&connection).map_err(MigrateError::store)?;
        self.writes.alone.store(alone, Ordering::Relaxed);
        let keyed = slices.iter().flat_map(|slice| slice.keyed).copied().collect();
        *self.writes.keyed.write().unwrap_or_else(PoisonError::into_inner) = keyed;
        Ok(applied)
    }

    /// What [`Sqlite::migrate`] would apply. Verifies what was applied as it does, and changes nothing.
    pub fn pending(&self, slices: &[&'static Slice]) -> Result<Vec<Entry>, MigrateError> {
        Self::pending_at(&self.path, slices)
    }

    /// What would be applied to the file at `path`, which may be missing. The file is not opened as a store, so another
    /// process may serve it meanwhile: a new version can ask before it takes over.
    pub fn pending_at(path: &Path, slices: &[&'static Slice]) -> Result<Vec<Entry>, MigrateError> {
        let ledger = if path.exists() {
            let connection = connect::reader(path).map_err(MigrateError::store)?;
            Ledger::read(&connection).map_err(MigrateError::store)?
        } else {
            Ledger::default()
        };
        Ok(due(&ledger, slices)?.iter().map(Due::named).collect())
    }
}

impl Due {
    fn named(&self) -> Entry {
        Entry { slice: self.slice, name: self.migration.name }
    }

    /// The slice and the entry, for an error.
    fn names(&self) -> (String, String) {
        (self.slice.to_owned(), self.migration.name.to_owned())
    }
}

/// Verifies every slice against the ledger and lists what is not in it yet.
fn due(ledger: &Ledger, slices: &[&'static Slice]) -> Result<Vec<Due>, MigrateError> {
    let mut names = BTreeSet::new();
    let mut due = Vec::new();
    for slice in users_last(slices) {
        if !names.insert(slice.name) {
            return Err(MigrateError::Twice { slice: slice.name.to_owned() });
        }
        let done = ledger.of(slice.name);
        verify::verify(slice, done)?;
        let rest = (1..).zip(slice.migrations).skip(done.len());
        due.extend(rest.map(|(position, migration)| Due { slice: slice.name, position, migration }));
    }
    for left in ledger.slices().filter(|slice| !names.contains(slice)) {
        tracing::info!(slice = left, "the slice is not in the program any more; its tables stay");
    }
    Ok(due)
}

/// The slices, each behind those whose tables its own refer to: a key must be there when it is referred to.
fn users_last(slices: &[&'static Slice]) -> Vec<&'static Slice> {
    let mut ordered = Vec::with_capacity(slices.len());
    let mut waiting = slices.to_vec();
    while !waiting.is_empty() {
        let waits = |slice: &Slice| waiting.iter().any(|other| slice.uses.contains(&other.name));
        // In a circle, which is refused elsewhere, nobody is free.
        let next = waiting.iter().position(|slice| !waits(slice)).unwrap_or(0);
        ordered.push(waiting.remove(next));
    }
    ordered
}

/// Whether some constraint of the schema is checked at the commit only. A word that looks like it is taken for it.
pub(super) fn defers_constraints(connection: &Connection) -> rusqlite::Result<bool> {
    let sql = "select exists(select 1 from sqlite_schema where type = 'table' and sql like '%deferrable%')";
    connection.query_row(sql, [], |row| row.get(0))
}
