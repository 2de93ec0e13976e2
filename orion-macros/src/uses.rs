//! `uses(accounts)`: which slices' tables the foreign keys of a slice refer to.

mod check;
mod expand;
mod model;

pub(crate) use check::check;
pub(crate) use expand::expand;
pub(crate) use model::{Uses, columns};
