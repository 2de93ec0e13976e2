//! Who may run a command or see a page: the options `allow(editor, member(board))` and `public`. Parsed to the options as
//! written, checked against the path, expanded to what the declaration says and how each role is asked.

mod check;
mod expand;
mod model;
mod parse;
mod roles;

pub(crate) use check::check;
pub(crate) use model::{Access, Roles};
pub(crate) use parse::{OPTIONS, Written, begins, parse};
