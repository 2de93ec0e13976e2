//! A type that is stored in a column.

use proc_macro2::Ident;
use syn::{Generics, Type};

/// A type that derives `Value`.
pub(super) struct Value {
    pub(super) ident: Ident,
    pub(super) generics: Generics,
    /// `None` where something is wrong: then a stub is implemented.
    pub(super) stored: Option<Stored>,
}

/// How it is stored.
pub(super) enum Stored {
    /// As what the one field holds.
    As(Box<Type>),
    /// As the name of the variant.
    Named(Vec<Variant>),
}

pub(super) struct Variant {
    pub(super) ident: Ident,
    /// Its name in the database, in `snake_case`.
    pub(super) name: String,
}
