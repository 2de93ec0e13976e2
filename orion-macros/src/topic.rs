//! `#[topic] struct`: the name of something that changes and that no table holds. Parsed by rustc's own rules, checked
//! for its shape, expanded to the struct and its `Announce`.

mod check;
mod expand;
mod parse;

pub(crate) use check::{Topic, check};
pub(crate) use expand::expand;
pub(crate) use parse::{Written, parse};
