//! A query that means something.

use proc_macro2::Ident;
use syn::{LitStr, Type};

use crate::argument::Argument;
use crate::function::Function;
use crate::row::Open;
use crate::sql::{ByKey, Column, Parameter};

/// A query.
pub(crate) struct Query {
    pub(crate) function: Function,
    pub(crate) sql: Option<LitStr>,
    /// `None` where something is wrong: then it becomes a stub.
    pub(crate) sound: Option<Box<Sound>>,
}

impl Query {
    /// The SQL as it was written, to which the places of columns refer.
    pub(super) fn text(&self) -> String {
        self.sql.as_ref().map(LitStr::value).unwrap_or_default()
    }
}

/// What the body is written from.
pub(crate) struct Sound {
    pub(crate) access: Access,
    /// The argument that is the store.
    pub(crate) store: Ident,
    /// The SQL that is run.
    pub(crate) sql: String,
    /// What is bound, in the order in which SQLite numbers its parameters.
    pub(crate) bound: Vec<Bound>,
    pub(crate) returns: Returns,
    /// What stands inside `Result<…>`.
    pub(crate) output: Type,
    pub(crate) columns: Vec<Column>,
    pub(crate) reads: Vec<String>,
    /// The keys by which tables of these are read.
    pub(crate) by_key: Vec<ByKey>,
    pub(crate) writes: Vec<String>,
    /// Of those, the tables that lose rows or keys.
    pub(crate) removes: Vec<String>,
    /// What constants compare of the row type.
    pub(crate) later: Later,
}

/// An argument and the parameter that it is bound to.
#[derive(Clone)]
pub(crate) struct Bound {
    pub(crate) argument: Argument,
    pub(crate) parameter: Parameter,
    /// The type of its elements, where it is a list.
    pub(crate) element: Option<Type>,
    /// Whether a constant compares its type with the parameter: this macro does not know it.
    pub(crate) open: bool,
}

/// What only constants can compare with the columns of a query, because it is a matter of types.
pub(crate) enum Later {
    Nothing,
    /// The types of some fields of the row.
    Fields(Vec<Open>),
    /// The whole row.
    Row,
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
