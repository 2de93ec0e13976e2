//! Compares the fields of a row type with the columns of a query while compiling. For rows that a slice's macro cannot
//! see: it knows the columns only, the type knows the fields only, and constants know both.

use crate::decl::Statement;
use crate::error::Result;
use crate::row::Row;
use crate::store::{Db, Tx};
use crate::value::Value;

/// Runs a query whose rows were compared, on the store `S`, and gives back an `R`.
pub type Run<S, R> = fn(&S, &Statement, &[Value<'_>]) -> Result<R>;

/// What `Db` and `Tx` have in common for the queries that return rows.
pub trait Rows {
    /// See [`Db::all`].
    fn all<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Vec<T>>;
    /// See [`Db::optional`].
    fn optional<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Option<T>>;
    /// See [`Db::one`].
    fn one<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<T>;
}

macro_rules! rows {
    ($store:ident) => {
        impl Rows for $store {
            fn all<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Vec<T>> {
                $store::all(self, statement, params)
            }
            fn optional<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<Option<T>> {
                $store::optional(self, statement, params)
            }
            fn one<T: Row>(&self, statement: &Statement, params: &[Value<'_>]) -> Result<T> {
                $store::one(self, statement, params)
            }
        }
    };
}
rows!(Db);
rows!(Tx);

/// Every row of `query`, whose columns are the fields of `T`.
///
/// The comparison and the way to the rows are one call, so that a type that is no row is one error and not two.
///
/// # Panics
/// Where the columns are others: in a constant that fails the compilation. So it is with [`optional`] and [`one`].
#[track_caller]
pub const fn all<T: Row, S: Rows>(query: &str, columns: &[&str]) -> Run<S, Vec<T>> {
    compare::<T>(query, columns);
    S::all::<T>
}

/// The first row of `query`, if there is one.
#[track_caller]
pub const fn optional<T: Row, S: Rows>(query: &str, columns: &[&str]) -> Run<S, Option<T>> {
    compare::<T>(query, columns);
    S::optional::<T>
}

/// The first row of `query`.
#[track_caller]
pub const fn one<T: Row, S: Rows>(query: &str, columns: &[&str]) -> Run<S, T> {
    compare::<T>(query, columns);
    S::one::<T>
}

#[track_caller]
const fn compare<T: Row>(query: &str, columns: &[&str]) {
    if T::COLUMNS.is_empty() {
        if columns.len() != 1 {
            let message = Message::new().add("query `").add(query).add("` returns ").list(columns);
            message.add(", and its row type holds one value").panic();
        }
        return;
    }
    let mut at = 0;
    while at < T::COLUMNS.len() {
        if !contains(columns, T::COLUMNS[at]) {
            let message =
                Message::new().add("query `").add(query).add("` returns no column `").add(T::COLUMNS[at]);
            message.add("`, which is a field of its row type; the columns are ").list(columns).panic();
        }
        at += 1;
    }
    at = 0;
    while at < columns.len() {
        if !contains(T::COLUMNS, columns[at]) {
            let message =
                Message::new().add("query `").add(query).add("` returns the column `").add(columns[at]);
            message.add("`, and its row type has no such field; the fields are ").list(T::COLUMNS).panic();
        }
        at += 1;
    }
}

const fn contains(names: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < names.len() {
        if same(names[at].as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A message put together in a constant, where there is no `format!`. What is longer is cut off.
pub(crate) struct Message {
    text: [u8; 1024],
    len: usize,
    full: bool,
}

impl Message {
    pub(crate) const fn new() -> Self {
        Self { text: [0; 1024], len: 0, full: false }
    }

    /// Adds all of `part` or, where it does not fit, nothing from here on: so the text stays UTF-8.
    pub(crate) const fn add(mut self, part: &str) -> Self {
        let part = part.as_bytes();
        self.full |= part.len() > self.text.len() - self.len;
        if self.full {
            return self;
        }
        let mut at = 0;
        while at < part.len() {
            self.text[self.len] = part[at];
            self.len += 1;
            at += 1;
        }
        self
    }

    const fn list(mut self, names: &[&str]) -> Self {
        let mut at = 0;
        while at < names.len() {
            let before = match at {
                0 => "`",
                at if at + 1 == names.len() => " and `",
                _ => ", `",
            };
            self = self.add(before).add(names[at]).add("`");
            at += 1;
        }
        self
    }

    #[track_caller]
    pub(crate) const fn panic(&self) -> ! {
        match std::str::from_utf8(self.text.split_at(self.len).0) {
            Ok(message) => panic!("{}", message),
            Err(_) => panic!("the columns of a query do not match its row type"),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;
    use crate::row::RowRef;
    use crate::value::Mismatch;

    struct Todo;
    impl Row for Todo {
        const COLUMNS: &'static [&'static str] = &["id", "title"];
        fn read(_: &RowRef<'_>) -> Result<Self, Mismatch> {
            Ok(Self)
        }
    }

    fn said<T: Row>(columns: &'static [&'static str]) -> String {
        let panic = catch_unwind(|| compare::<T>("all", columns)).expect_err("they do not match");
        panic.downcast_ref::<String>().cloned().expect("a message")
    }

    #[test]
    fn the_order_of_the_columns_does_not_matter() {
        compare::<Todo>("all", &["title", "id"]);
        compare::<i64>("count", &["n"]);
    }

    #[test]
    fn a_difference_is_said_with_every_name_in_it() {
        assert_eq!(
            said::<Todo>(&["id", "name"]),
            "query `all` returns no column `title`, which is a field of its row type; the columns are `id` and `name`"
        );
        assert_eq!(
            said::<Todo>(&["id", "title", "done"]),
            "query `all` returns the column `done`, and its row type has no such field; the fields are `id` and `title`"
        );
        assert_eq!(
            said::<i64>(&["a", "b"]),
            "query `all` returns `a` and `b`, and its row type holds one value"
        );
    }

    #[test]
    fn a_message_that_is_too_long_is_cut_between_names() {
        let long: &'static str = "x".repeat(600).leak();
        let said = said::<Todo>(vec!["id", long, long].leak());
        assert!(said.ends_with(&format!("the columns are `id`, `{long}` and `")), "{said}");
    }
}
