//! The derives.

/// Reads the struct from a row: each named field from the column of its name.
///
/// ```
/// use orion::prelude::*;
///
/// #[derive(Row)]
/// pub struct Note {
///     pub id: i64,
///     pub text: String,
///     pub pinned: Option<bool>,
/// }
///
/// assert_eq!(<Note as Row>::COLUMNS, ["id", "text", "pinned"]);
/// ```
///
/// Each field's type is [`FromValue`](crate::FromValue). The struct is not generic.
pub use orion_macros::Row;

/// Stores the type in a column: a newtype as what is in it, an enum as the name of its variant.
///
/// ```
/// use orion::prelude::*;
/// use orion::{FromValue as _, Kind, ToValue};
///
/// #[derive(Clone, Copy, Debug, PartialEq, Value)]
/// pub struct Id(i64);
///
/// #[derive(Clone, Copy, Debug, PartialEq, Value)]
/// pub enum Status {
///     Open,
///     InProgress,
/// }
///
/// assert_eq!(Id(7).to_value(), orion::Value::Integer(7));
/// assert_eq!(Status::InProgress.to_value(), orion::Value::Text("in_progress"));
/// assert_eq!(Status::from_value(orion::Value::Text("open")).unwrap(), Status::Open);
/// assert_eq!(<Status as ToValue>::KIND, Some(Kind::Text));
/// ```
///
/// It implements [`ToValue`](crate::ToValue) and [`FromValue`](crate::FromValue), so that the type can be an argument of a query and a
/// field of a row, and [`Row`](crate::Row), so that it can be all that a query returns. Where it meets a column of another kind, or one that
/// may be null, the query does not compile. A text in the file that is no variant is an error that names it, when it is read.
///
/// The type is not generic; a struct has one field without a name, the variants of an enum have none.
pub use orion_macros::Value;
