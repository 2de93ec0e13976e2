//! The signals that a command takes: the fields of its `Signals<T>`, where `T` is a struct of the slice, with the names
//! that serde gives them.

mod drafts;
mod expand;
mod model;
mod naming;

pub(crate) use drafts::Drafts;
pub(crate) use expand::{expand, structs};
pub(crate) use model::Names;
