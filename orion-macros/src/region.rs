//! `#[region] fn`: store to markup, kept right while somebody looks. Parsed to its topics, checked by its signature,
//! which is its key, expanded to the function as it is and a module with its embed and its shim.

mod check;
mod expand;
mod parse;

pub(crate) use check::{Region, check};
pub(crate) use expand::expand;
pub(crate) use parse::{Written, parse};
