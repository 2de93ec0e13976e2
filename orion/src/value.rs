//! Values as SQLite stores them, and how Rust types become them and come from them. Names no database crate.

mod holds;
mod list;
mod mismatch;
mod stored;

pub use holds::{Anything, Holds, Known, scalars};
pub use list::list;
pub use mismatch::Mismatch;
pub use stored::Stored;

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

/// What a column is declared to hold, and what a type is stored as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A signed 64-bit integer; `bool` too.
    Integer,
    /// An IEEE 754 double.
    Real,
    /// UTF-8 text.
    Text,
    /// Bytes.
    Blob,
}

impl Kind {
    /// The word of SQL for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Integer => "integer",
            Self::Real => "real",
            Self::Text => "text",
            Self::Blob => "blob",
        }
    }
}

impl Value<'_> {
    pub(crate) fn class(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Integer(_) => "an integer",
            Self::Real(_) => "a real",
            Self::Text(_) => "text",
            Self::Blob(_) => "a blob",
        }
    }
}

/// A type that can be bound to a parameter of a `#[query]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a parameter of a query",
    label = "SQLite has no such value",
    note = "use an integer up to 64 bits signed, `bool`, `f64`, `&str`, `String`, bytes, an `Option` of those, or derive `Value`"
)]
pub trait ToValue {
    /// What it is stored as; `None`: that differs, and is not compared with the column while compiling.
    const KIND: Option<Kind> = None;
    /// Whether it can be null.
    const NULL: bool = false;

    /// The value to bind.
    fn to_value(&self) -> Value<'_>;
}

/// A type that can be read from a column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a column",
    label = "SQLite has no such value",
    note = "use an integer up to 64 bits signed, `bool`, `f64`, `String`, `Vec<u8>`, an `Option` of those, or derive `Value`"
)]
pub trait FromValue: Sized {
    /// What it is read from; `None`: that differs, and is not compared with the column while compiling. What is read from reals is
    /// read from integers too.
    const KIND: Option<Kind> = None;
    /// Whether it can be read from null.
    const NULL: bool = false;

    /// Reads the value.
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch>;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl ToValue for $type {
            const KIND: Option<Kind> = Some(Kind::Integer);
            fn to_value(&self) -> Value<'_> {
                Value::Integer(i64::from(*self))
            }
        }
        impl FromValue for $type {
            const KIND: Option<Kind> = Some(Kind::Integer);
            #[inline]
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
    const KIND: Option<Kind> = Some(Kind::Integer);
    fn to_value(&self) -> Value<'_> {
        Value::Integer(i64::from(*self))
    }
}
impl FromValue for bool {
    const KIND: Option<Kind> = Some(Kind::Integer);
    #[inline]
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Integer(n) => Ok(n != 0),
            _ => Err(Mismatch::new(value, "bool")),
        }
    }
}

impl ToValue for f64 {
    const KIND: Option<Kind> = Some(Kind::Real);
    fn to_value(&self) -> Value<'_> {
        Value::Real(*self)
    }
}
impl FromValue for f64 {
    const KIND: Option<Kind> = Some(Kind::Real);
    #[allow(clippy::cast_precision_loss)] // SQLite does the same when a REAL column holds an integer.
    #[inline]
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Real(x) => Ok(x),
            Value::Integer(n) => Ok(n as f64),
            _ => Err(Mismatch::new(value, "f64")),
        }
    }
}

impl ToValue for str {
    const KIND: Option<Kind> = Some(Kind::Text);
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl ToValue for String {
    const KIND: Option<Kind> = Some(Kind::Text);
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl FromValue for String {
    const KIND: Option<Kind> = Some(Kind::Text);
    #[inline]
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Text(text) => Ok(text.to_owned()),
            _ => Err(Mismatch::new(value, "String")),
        }
    }
}

impl ToValue for [u8] {
    const KIND: Option<Kind> = Some(Kind::Blob);
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}
impl ToValue for Vec<u8> {
    const KIND: Option<Kind> = Some(Kind::Blob);
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}
impl FromValue for Vec<u8> {
    const KIND: Option<Kind> = Some(Kind::Blob);
    #[inline]
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Blob(bytes) => Ok(bytes.to_owned()),
            _ => Err(Mismatch::new(value, "Vec<u8>")),
        }
    }
}

impl<T: ToValue> ToValue for Option<T> {
    const KIND: Option<Kind> = T::KIND;
    const NULL: bool = true;
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}
impl<T: FromValue> FromValue for Option<T> {
    const KIND: Option<Kind> = T::KIND;
    const NULL: bool = true;
    #[inline]
    fn from_value(value: Value<'_>) -> Result<Self, Mismatch> {
        match value {
            Value::Null => Ok(None),
            _ => T::from_value(value).map(Some),
        }
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    const KIND: Option<Kind> = T::KIND;
    const NULL: bool = T::NULL;
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}
