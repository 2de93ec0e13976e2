//! A query that means something.

use proc_macro2::Ident;
use syn::{LitStr, Type};

use crate::argument::Argument;
use crate::function::Function;

/// A query.
pub(crate) struct Query {
    pub(crate) function: Function,
    pub(crate) sql: Option<LitStr>,
    /// `None` where something is wrong: then it becomes a stub.
    pub(crate) sound: Option<Box<Sound>>,
}

/// What the body is written from.
pub(crate) struct Sound {
    pub(crate) access: Access,
    /// The argument that is the store.
    pub(crate) store: Ident,
    /// The arguments to bind, in the order in which SQLite numbers its parameters.
    pub(crate) bound: Vec<Argument>,
    pub(crate) returns: Returns,
    /// What stands inside `Result<…>`.
    pub(crate) output: Type,
    pub(crate) columns: Vec<String>,
    pub(crate) reads: Vec<String>,
    pub(crate) writes: Vec<String>,
    /// Whether the fields of the row type were compared with the columns; else a constant compares them later.
    pub(crate) compared: bool,
}

/// How the store is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    Db,
    Tx,
}

/// What a query gives back.
#[derive(Clone)]
pub(crate) enum Returns {
    /// `Vec<T>`
    All(Type),
    /// `Option<T>`
    Optional(Type),
    /// `T`
    One(Type),
    /// `Changes`
    Changes,
    /// `()`
    Nothing,
}

impl Returns {
    /// The type of a row, where rows are returned.
    pub(crate) fn row(&self) -> Option<&Type> {
        match self {
            Self::All(row) | Self::Optional(row) | Self::One(row) => Some(row),
            Self::Changes | Self::Nothing => None,
        }
    }
}
