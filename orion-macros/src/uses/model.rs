//! What a slice uses of others.

use syn::Path;

use crate::sql;

/// The slices that are used, and what refers to them.
#[derive(Default)]
pub(crate) struct Uses {
    pub(super) paths: Vec<Path>,
    pub(super) references: Vec<Reference>,
}

/// A foreign key into the table of another slice.
pub(crate) struct Reference {
    /// `sessions (account)`
    pub(super) from: String,
    /// The table there, in lower case.
    pub(super) table: String,
    /// `accounts (id)`
    pub(super) key: String,
    /// What becomes of the slice's own tables when the row there goes.
    pub(super) changed: sql::Changed,
}

/// A table with some of its columns, as SQL writes it.
pub(crate) fn columns(table: &str, columns: &[String]) -> String {
    format!("{table} ({})", columns.join(", "))
}
