//! Rows: what a query returns, one column after the other. Names no database crate.

use crate::error::Result;
use crate::value::{FromValue, Holds, Known, Mismatch, Value};

/// The columns of the row that a statement stands on; implemented by each store.
pub trait Columns {
    /// The value of column `at`, counted from 0 in the order of the statement.
    fn value(&self, at: usize) -> Value<'_>;
}

/// A row while it is read: fields are numbered in the order of [`Row::COLUMNS`].
pub struct RowRef<'a> {
    columns: &'a dyn Columns,
    /// The names of the fields; for a single value those of the columns.
    fields: &'static [&'static str],
    /// For each field its column; empty where the two orders are the same.
    order: &'a [usize],
}

impl<'a> RowRef<'a> {
    pub(crate) fn new(columns: &'a dyn Columns, fields: &'static [&'static str], order: &'a [usize]) -> Self {
        Self { columns, fields, order }
    }

    /// Reads field `at`.
    pub fn get<T: FromValue>(&self, at: usize) -> Result<T, Mismatch> {
        let column = self.order.get(at).copied().unwrap_or(at);
        T::from_value(self.columns.value(column)).map_err(|mismatch| match self.fields.get(at) {
            Some(name) => mismatch.in_column(name),
            None => mismatch,
        })
    }
}

/// A type that a row can be read into: a struct with `#[derive(Row)]`, or a single value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a row",
    label = "not a row",
    note = "add `#[derive(Row)]` to the struct, one field a column; for a single value use a type that SQLite can store, or derive `Value`"
)]
pub trait Row: Sized {
    /// The columns that are read, by name, in the order of the fields; empty for a single value.
    const COLUMNS: &'static [&'static str];
    /// What each of them is read as, for a comparison with the query while compiling; of a single value, that one. Empty: nothing is
    /// compared.
    const HOLDS: &'static [Holds] = &[];

    /// Reads the row.
    fn read(row: &RowRef<'_>) -> Result<Self, Mismatch>;

    /// Reads the row of a query that may have none: a single value that is null counts as none.
    fn read_optional(row: &RowRef<'_>) -> Result<Option<Self>, Mismatch> {
        Self::read(row).map(Some)
    }
}

macro_rules! single {
    ($($type:ty),*) => {$(
        impl Row for $type {
            const COLUMNS: &'static [&'static str] = &[];
            const HOLDS: &'static [Holds] = &[Known::<Self>::READ];
            fn read(row: &RowRef<'_>) -> Result<Self, Mismatch> {
                row.get(0)
            }
            fn read_optional(row: &RowRef<'_>) -> Result<Option<Self>, Mismatch> {
                row.get(0)
            }
        }
    )*};
}
single!(i8, i16, i32, i64, u8, u16, u32, bool, f64, String, Vec<u8>);

impl<T: FromValue> Row for Option<T> {
    const COLUMNS: &'static [&'static str] = &[];
    const HOLDS: &'static [Holds] = &[Known::<Self>::READ];
    fn read(row: &RowRef<'_>) -> Result<Self, Mismatch> {
        row.get(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nulls;

    impl Columns for Nulls {
        fn value(&self, _: usize) -> Value<'_> {
            Value::Null
        }
    }

    #[test]
    fn a_value_that_does_not_fit_is_named_by_its_field() {
        let row = RowRef::new(&Nulls, &["id", "title"], &[]);
        let mismatch = row.get::<String>(1).unwrap_err();
        assert_eq!(mismatch.to_string(), "the column `title` holds NULL, which is no `String`");
        let single = RowRef::new(&Nulls, &[], &[]).get::<i64>(0).unwrap_err();
        assert_eq!(single.to_string(), "a column holds NULL, which is no `i64`");
    }
}
