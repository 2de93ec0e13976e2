//! Rows: what a query returns, one column after the other. Names no database crate.

use crate::error::Result;
use crate::value::{FromValue, Mismatch, Value};

/// The columns of the row that a statement stands on; implemented by each store.
pub trait Columns {
    /// The value of column `at`, counted from 0 in the order of the statement.
    fn value(&self, at: usize) -> Value<'_>;
}

/// A row while it is read: fields are numbered in the order of [`Row::COLUMNS`].
pub struct RowRef<'a> {
    columns: &'a dyn Columns,
    /// For each field its column; empty where the two orders are the same.
    order: &'a [usize],
}

impl<'a> RowRef<'a> {
    pub(crate) fn new(columns: &'a dyn Columns, order: &'a [usize]) -> Self {
        Self { columns, order }
    }

    /// Reads field `at`.
    pub fn get<T: FromValue>(&self, at: usize) -> Result<T, Mismatch> {
        let column = self.order.get(at).copied().unwrap_or(at);
        T::from_value(self.columns.value(column))
    }
}

/// A type that a row can be read into: a struct with `#[derive(Row)]`, or a single value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a row",
    label = "not a row",
    note = "add `#[derive(Row)]` to the struct, one field a column; for a single value use a type that SQLite can store"
)]
pub trait Row: Sized {
    /// The columns that are read, by name, in the order of the fields; empty for a single value.
    const COLUMNS: &'static [&'static str];

    /// Reads the row.
    fn read(row: &RowRef<'_>) -> Result<Self, Mismatch>;
}

macro_rules! single {
    ($($type:ty),*) => {$(
        impl Row for $type {
            const COLUMNS: &'static [&'static str] = &[];
            fn read(row: &RowRef<'_>) -> Result<Self, Mismatch> {
                row.get(0)
            }
        }
    )*};
}
single!(i8, i16, i32, i64, u8, u16, u32, bool, f64, String, Vec<u8>);

impl<T: FromValue> Row for Option<T> {
    const COLUMNS: &'static [&'static str] = &[];
    fn read(row: &RowRef<'_>) -> Result<Self, Mismatch> {
        row.get(0)
    }
}
