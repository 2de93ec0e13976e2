//! `#[topic] struct`: the name of something that changes and that no table holds. Parsed by rustc's own rules, checked
//! for its shape, expanded to the struct and its `Announce`.

mod check;
mod expand;
mod model;
mod parse;

pub(crate) use check::check;
pub(crate) use expand::expand;
pub(crate) use model::Topic;
pub(crate) use parse::{Written, parse};
