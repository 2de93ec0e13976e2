//! `#[query("…")] fn`: named SQL with a typed signature. Parsed to what was written, checked against the slice's schema
//! and rows, expanded to the body that was left out and the `Statement` that it runs.

mod check;
mod expand;
mod model;
mod parse;

pub(crate) use check::check;
pub(crate) use expand::expand;
pub(crate) use model::Query;
pub(crate) use parse::{Written, parse};
