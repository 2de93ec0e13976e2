//! `#[migration] const`: one entry of the slice's history. Applied to the schema while compiling; expanded to itself.

mod check;
mod expand;
mod model;
mod parse;

pub(crate) use check::check;
pub(crate) use expand::expand;
pub(crate) use model::Migration;
pub(crate) use parse::{Written, parse};
