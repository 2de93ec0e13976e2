//! What a `#[derive(Value)]` struct holds: both of its directions as one trait, so that a type without them is one mistake.

use super::{FromValue, Mismatch, ToValue, Value};

/// A type that can be kept in a column: bound to a parameter, and read back.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be kept in a column",
    label = "SQLite has no such value",
    note = "hold an integer up to 64 bits signed, `bool`, `f64`, `String`, `Vec<u8>`, an `Option` of those, or a type that derives `Value`"
)]
pub trait Stored: Sized {
    /// [`ToValue::to_value`].
    fn to_value(&self) -> Value<'_>;
    /// [`FromValue::from_value`].
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch>;
}

#[diagnostic::do_not_recommend]
impl<T: ToValue + FromValue> Stored for T {
    fn to_value(&self) -> Value<'_> {
        ToValue::to_value(self)
    }
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        FromValue::from_value(value)
    }
}
