//! `keyed(cards.board_id)`: tables that are watched by a key, so that a change of some rows concerns nobody else's.

mod check;
mod expand;
mod model;

pub(crate) use check::{check, needed};
pub(crate) use expand::expand;
pub(crate) use model::Keyed;
