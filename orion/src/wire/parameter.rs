//! The types of a path's parameters.

use std::fmt::Display;
use std::str::FromStr;

use super::Input;
use crate::error::Result;

/// A type that a parameter of a path can have: text that is read with [`FromStr`] and written with [`Display`].
///
/// Implemented for every type that has both; one trait, so that a type that has neither is one error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a path",
    label = "not read from text and written as text",
    note = "implement `FromStr` and `Display` for it, or take an integer, `String` or `&str`"
)]
pub trait PathParameter: Sized {
    /// Reads the parameter `name`; status 400 where its text is not a `Self`.
    fn take(input: &Input, name: &str) -> Result<Self>;
    /// What a link writes.
    fn shown(&self) -> &dyn Display;
}

#[diagnostic::do_not_recommend]
impl<T: FromStr + Display> PathParameter for T {
    fn take(input: &Input, name: &str) -> Result<Self> {
        input.path(name)
    }
    fn shown(&self) -> &dyn Display {
        self
    }
}
