//! A reference: a foreign key into another slice's table.

/// A foreign key of a slice's table into another slice's, and what it does to the slice's own tables. `#[slice(uses(…))]` has it
/// from the migrations.
///
/// ```
/// use orion::decl::{Reference, Slice};
///
/// const SESSIONS: Slice = Slice::new("sessions").tables(&["sessions"]).uses(&["accounts"]).references(&[
///     Reference::new("sessions (account)", "accounts", "accounts (id)").writes(&["sessions"]).removes(&["sessions"]),
/// ]);
/// assert_eq!(SESSIONS.references[0].table, "accounts");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reference {
    /// The table and the columns that refer: `sessions (account)`.
    pub from: &'static str,
    /// The table of the other slice; in lower case, as in [`Slice::keys`](crate::decl::Slice::keys).
    pub table: &'static str,
    /// The key there, as in [`Slice::keys`](crate::decl::Slice::keys): `accounts (id)`.
    pub key: &'static str,
    /// The slice's tables that change when a row that is referred to goes or its key changes.
    pub writes: &'static [&'static str],
    /// Of those, the tables that lose rows, or in which a key changes.
    pub removes: &'static [&'static str],
}

impl Reference {
    /// A reference of some columns to a key; nothing follows from it.
    pub const fn new(from: &'static str, table: &'static str, key: &'static str) -> Self {
        Self { from, table, key, writes: &[], removes: &[] }
    }
    /// Sets the tables that change.
    #[must_use]
    pub const fn writes(self, writes: &'static [&'static str]) -> Self {
        Self { writes, ..self }
    }
    /// Sets the tables that lose rows or keys.
    #[must_use]
    pub const fn removes(self, removes: &'static [&'static str]) -> Self {
        Self { removes, ..self }
    }
}
