//! A table and its key.

use proc_macro2::Ident;

/// A table that is watched by a column.
pub(crate) struct Keyed {
    /// As it was declared.
    pub(super) table: String,
    /// As it was declared.
    pub(super) column: String,
    /// Where the column is named.
    pub(super) place: Ident,
}
