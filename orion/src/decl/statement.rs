//! A statement: SQL with what it reads and writes.

use super::{ByKey, Sql};

/// A prepared statement to be: its SQL and, known before it runs, the tables it reads and writes.
///
/// `#[query]` fills it from SQLite's authorizer while compiling. Written by hand, the sets are the author's promise: a
/// table that is missing from `reads` leaves screens stale.
///
/// ```
/// use orion::decl::Statement;
///
/// const OPEN: Statement =
///     Statement::new("select title from todos where not done").columns(&["title"]).reads(&["todos"]);
/// assert_eq!(OPEN.reads, ["todos"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Statement {
    /// The slice that declares it; empty where nobody said.
    pub slice: &'static str,
    /// The name of its function; empty where nobody said.
    pub name: &'static str,
    /// One SQL statement. Parameters are bound by index, from 1, in the order in which SQLite numbers them.
    pub sql: Sql,
    /// The names of the result columns; empty where the statement returns none or the row's own order is right.
    pub columns: &'static [&'static str],
    /// The tables that the statement reads, through views and triggers too.
    pub reads: &'static [&'static str],
    /// The keys by which tables of these are read; of the others every row is.
    pub by_key: &'static [ByKey],
    /// The tables that the statement writes, through triggers and cascades too.
    pub writes: &'static [&'static str],
    /// Of those, the tables that lose rows, or in which a key changes: what refers to them from other slices may go with them.
    pub removes: &'static [&'static str],
}

impl Statement {
    /// A statement that is said to touch nothing yet.
    pub const fn new(sql: &'static str) -> Self {
        Self {
            slice: "",
            name: "",
            sql: Sql::Here(sql),
            columns: &[],
            reads: &[],
            by_key: &[],
            writes: &[],
            removes: &[],
        }
    }
    /// Sets the slice that declares it and the name of its function.
    #[must_use]
    pub const fn named(self, slice: &'static str, name: &'static str) -> Self {
        Self { slice, name, ..self }
    }
    /// Sets the names of the result columns.
    #[must_use]
    pub const fn columns(self, columns: &'static [&'static str]) -> Self {
        Self { columns, ..self }
    }
    /// Sets the tables that are read.
    #[must_use]
    pub const fn reads(self, reads: &'static [&'static str]) -> Self {
        Self { reads, ..self }
    }
    /// Sets the keys by which tables are read: the only ones of the table, wherever the statement reads it.
    #[must_use]
    pub const fn by_key(self, by_key: &'static [ByKey]) -> Self {
        Self { by_key, ..self }
    }
    /// Sets the tables that are written.
    #[must_use]
    pub const fn writes(self, writes: &'static [&'static str]) -> Self {
        Self { writes, ..self }
    }
    /// Sets the tables that lose rows or keys.
    #[must_use]
    pub const fn removes(self, removes: &'static [&'static str]) -> Self {
        Self { removes, ..self }
    }

    /// What goes on while it runs, for an error.
    pub(crate) fn doing(&self) -> String {
        let sql = self.sql.get().trim();
        match (self.slice, self.name) {
            (_, "") => format!("running `{sql}`"),
            (slice, name) => format!("running query `{name}` of slice `{slice}`, `{sql}`"),
        }
    }
}
