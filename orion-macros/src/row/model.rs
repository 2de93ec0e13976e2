//! A row struct that means something.

use proc_macro2::Ident;
use syn::{Generics, Type};

/// A type that derives `Row`.
pub(super) struct Row {
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    /// `None` where something is wrong: then a stub is implemented.
    pub(super) fields: Option<Vec<Field>>,
}

/// One field: one column.
pub(super) struct Field {
    pub(super) ident: Ident,
    /// The column's name: the field's without `r#`.
    pub(super) name: String,
    pub(super) ty: Type,
}
