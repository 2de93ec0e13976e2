//! The markup of a slice as far as its tokens show it: `html! { … }` in the bodies of functions, read as maud reads it.
//!
//! *Invariant:* nothing here fails. What cannot be read is left to maud, which says what is wrong with it, or was written
//! by somebody who is still typing.

mod attribute;
mod calls;
mod check;
mod expression;
mod model;
mod parse;

pub(crate) use check::{Body, Kind, check};
