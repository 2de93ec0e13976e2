//! Values as SQLite stores them, and how Rust types become them and come from them. Names no database crate.

use std::fmt;

use crate::error::Result;

/// One value of a row or a parameter: SQLite's five storage classes (<https://www.sqlite.org/datatype3.html>).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// No value.
    Null,
    /// A signed 64-bit integer.
    Integer(i64),
    /// An IEEE 754 double.
    Real(f64),
    /// UTF-8 text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

impl Value<'_> {
    fn class(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Integer(_) => "an integer",
            Self::Real(_) => "a real",
            Self::Text(_) => "text",
            Self::Blob(_) => "a blob",
        }
    }
}

/// A column held something that its Rust type cannot.
#[derive(Debug)]
pub struct Mismatch {
    found: &'static str,
    wanted: &'static str,
    column: Option<&'static str>,
}

impl Mismatch {
    /// Says that `found` is not a `wanted`.
    pub fn new(found: Value<'_>, wanted: &'static str) -> Self {
        Self { found: found.class(), wanted, column: None }
    }

    /// Says in which column it was.
    #[must_use]
    pub fn in_column(self, name: &'static str) -> Self {
        Self { column: Some(name), ..self }
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.column {
            Some(name) => write!(f, "the column `{name}` holds ")?,
            None => f.write_str("a column holds ")?,
        }
        write!(f, "{}, which is no `{}`", self.found, self.wanted)
    }
}

impl std::error::Error for Mismatch {}

/// A type that can be bound to a parameter of a `#[query]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a query",
    label = "SQLite has no such value",
    note = "use an integer up to 64 bits signed, `bool`, `f64`, `&str`, `String`, bytes, an `Option` of those, or implement `orion::ToValue`"
)]
pub trait ToValue {
    /// The value to bind.
    fn to_value(&self) -> Value<'_>;
}

/// A type that can be read from a column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a column",
    label = "SQLite has no such value",
    note = "use an integer up to 64 bits signed, `bool`, `f64`, `String`, `Vec<u8>`, an `Option` of those, or implement `orion::FromValue`"
)]
pub trait FromValue: Sized {
    /// Reads the value.
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch>;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value<'_> {
                Value::Integer(i64::from(*self))
            }
        }
        impl FromValue for $type {
            fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
                match value {
                    Value::Integer(n) => n.try_into().map_err(|_| Mismatch::new(value, stringify!($type))),
                    _ => Err(Mismatch::new(value, stringify!($type))),
                }
            }
        }
    )*};
}
integers!(i8, i16, i32, i64, u8, u16, u32);

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}
impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Integer(n) => Ok(n != 0),
            _ => Err(Mismatch::new(value, "bool")),
        }
    }
}

impl ToValue for f64 {
    fn to_value(&self) -> Value<'_> {
        Value::Real(*self)
    }
}
impl FromValue for f64 {
    #[allow(clippy::cast_precision_loss)] // SQLite does the same when a REAL column holds an integer.
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Real(x) => Ok(x),
            Value::Integer(n) => Ok(n as f64),
            _ => Err(Mismatch::new(value, "f64")),
        }
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl FromValue for String {
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Text(text) => Ok(text.to_owned()),
            _ => Err(Mismatch::new(value, "String")),
        }
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}
impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Blob(bytes) => Ok(bytes.to_owned()),
            _ => Err(Mismatch::new(value, "Vec<u8>")),
        }
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Null => Ok(None),
            _ => T::from_value(value).map(Some),
        }
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}
