//! `#[region] fn`: store to markup, kept right while somebody looks. Parsed to its topics, checked by its signature,
//! which is its key, expanded to the function as it is and a module with its embed and its shim.

mod check;
mod expand;
mod model;
mod parse;

pub(crate) use check::check;
pub(crate) use expand::expand;
pub(crate) use model::Region;
pub(crate) use parse::{Written, parse};
