//! `#[command(post "/path")] fn`: validate, write, reply. Parsed to method and path, checked against the function's
//! arguments, expanded to the function as it is and a module with its links and its shim.

mod check;
mod expand;
mod model;
mod parse;

pub(crate) use check::check;
pub(crate) use expand::expand;
pub(crate) use model::{Command, Draft, Method};
pub(crate) use parse::{Written, parse};
