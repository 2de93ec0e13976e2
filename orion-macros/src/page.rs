//! `#[page("/path", title = "…")] fn`: a whole document. Parsed to its path and options, checked against the function's
//! arguments, expanded to the function as it is and a module with its link and its shim.

mod check;
mod expand;
mod model;
mod parse;

pub(crate) use check::check;
pub(crate) use expand::expand;
pub(crate) use model::Page;
pub(crate) use parse::{Written, parse};
