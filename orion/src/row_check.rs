//! Compares types with the columns and parameters of a query while compiling. For types that a slice's macro cannot see
//! into: it knows the query only, the type knows itself only, and constants know both.

use crate::constant::{Message, before, contains, same};
use crate::decl::Statement;
use crate::error::Result;
use crate::row::Row;
use crate::store::{Db, Tx};
use crate::value::{Holds, Kind, Value};

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

/// A column of a query, or what a parameter of it is stored in or compared with.
#[derive(Clone, Copy)]
pub struct Column {
    name: &'static str,
    /// `None`: of several kinds, or not known.
    kind: Option<Kind>,
    /// Whether it can be null, or must take null; `None`: not known.
    null: Option<bool>,
    /// What else can be done where it may be null than to read an `Option`: the rest of a sentence.
    ways_out: &'static str,
}

impl Column {
    /// A column of this name.
    pub const fn new(
        name: &'static str,
        kind: Option<Kind>,
        null: Option<bool>,
        ways_out: &'static str,
    ) -> Self {
        Self { name, kind, null, ways_out }
    }
}

/// Every row of `query`, whose columns are the fields of `T`, written `row`.
///
/// The comparison and the way to the rows are one call, so that a type that is no row is one error and not two.
///
/// # Panics
/// Where the columns are others: in a constant that fails the compilation. So it is with [`optional`] and [`one`].
#[track_caller]
pub const fn all<T: Row, S: Rows>(query: &str, row: &str, columns: &[Column]) -> Run<S, Vec<T>> {
    compare::<T>(query, row, columns, false);
    S::all::<T>
}

/// The first row of `query`, if there is one.
#[track_caller]
pub const fn optional<T: Row, S: Rows>(query: &str, row: &str, columns: &[Column]) -> Run<S, Option<T>> {
    compare::<T>(query, row, columns, true);
    S::optional::<T>
}

/// The first row of `query`.
#[track_caller]
pub const fn one<T: Row, S: Rows>(query: &str, row: &str, columns: &[Column]) -> Run<S, T> {
    compare::<T>(query, row, columns, false);
    S::one::<T>
}

/// `optional`: of a single value null counts as no row.
#[track_caller]
const fn compare<T: Row>(query: &str, row: &str, columns: &[Column], optional: bool) {
    if T::COLUMNS.is_empty() {
        if columns.len() != 1 {
            let message = Message::new().add("query `").add(query).add("` returns ");
            let message = list(message, columns).add(", and `").add(row).add("` holds one value");
            message.add("\nhelp: select one column, or return a struct with `#[derive(Row)]`").panic();
        }
        if let [holds] = T::HOLDS {
            single(query, row, *holds, &columns[0], optional);
        }
        return;
    }
    let mut at = 0;
    while at < T::COLUMNS.len() {
        let name = T::COLUMNS[at];
        let Some(column) = find(columns, name) else {
            let message = Message::new().add("query `").add(query).add("` returns no column `").add(name);
            let message = message
                .add("`, which is a field of `")
                .add(row)
                .add("`\nhelp: add it to the SQL, or remove the field; the columns are ");
            list(message, columns).panic();
        };
        if T::HOLDS.len() == T::COLUMNS.len() {
            field(query, row, T::HOLDS[at], &columns[column]);
        }
        at += 1;
    }
    at = 0;
    while at < columns.len() {
        let name = columns[at].name;
        if !contains(T::COLUMNS, name) {
            let message = Message::new().add("query `").add(query).add("` returns the column `").add(name);
            let message = message.add("`, and `").add(row).add("` has no such field");
            let message = message
                .add("\nhelp: add it to `")
                .add(row)
                .add("`, or leave it out of the SQL; the fields are ");
            message.list(T::COLUMNS).panic();
        }
        at += 1;
    }
}

/// A single value of a type that the macro does not know.
#[track_caller]
const fn single(query: &str, ty: &str, holds: Holds, column: &Column, optional: bool) {
    if let (Some(is), Some(reads)) = (column.kind, holds.kind)
        && !reads_from(reads, is)
    {
        let message = Message::new().add("query `").add(query).add("` must not be read as `").add(ty);
        let message = message.add("`: its column `").add(column.name).add("` is `").add(is.word());
        let message = message.add("`, and it is read from `").add(reads.word());
        message.add("`\nhelp: read another type, or declare the column `").add(reads.word()).add("`").panic();
    }
    if !holds.null && !optional && !matches!(column.null, Some(false)) {
        let message = Message::new().add("query `").add(query).add("` must be read as an `Option`: ");
        let message = match column.null {
            Some(_) => message.add("its column `").add(column.name).add("` may be null"),
            None => message.add("nothing says that its column `").add(column.name).add("` is never null"),
        };
        message.add("\nhelp: write `Option<").add(ty).add(">`").add(column.ways_out).panic();
    }
}

/// The field of `row` that is read from `column`.
///
/// # Panics
/// Where its type is another, or cannot be null and the column can: in a constant that fails the compilation. So it is with
/// [`parameter`] and [`element`].
#[track_caller]
pub const fn field(query: &str, row: &str, holds: Holds, column: &Column) {
    let (name, ty) = (column.name, holds.ty);
    if let (Some(is), Some(reads)) = (column.kind, holds.kind)
        && !reads_from(reads, is)
    {
        let message = Message::new().add("field `").add(name).add("` of `").add(row).add("` must not be `");
        let message = message.add(ty).add("`: in query `").add(query).add("` it is `").add(is.word());
        let message = message.add("`, and `").add(ty).add("` is read from `").add(reads.word());
        message.add("`\nhelp: read another type, or declare the column `").add(reads.word()).add("`").panic();
    }
    if !holds.null && !matches!(column.null, Some(false)) {
        let message = Message::new().add("field `").add(name).add("` of `").add(row);
        let message = message.add("` must be an `Option`: ");
        let message = match column.null {
            Some(_) => message.add("in query `").add(query).add("` it may be null"),
            None => message.add("nothing says that in query `").add(query).add("` it is never null"),
        };
        let message = message.add("\nhelp: write `").add(name).add(": Option<").add(ty).add(">`");
        message.add(column.ways_out).panic();
    }
}

/// The argument that is bound to a parameter; `column` is where it is stored, or what it is compared with.
#[track_caller]
pub const fn parameter(query: &str, holds: Holds, column: &Column) {
    // What is compared and not stored has no rule about null; then one sort of number is as good as another.
    let compared = column.null.is_none();
    if let (Some(is), Some(stored)) = (column.kind, holds.kind)
        && !binds_to(stored, is)
        && !(compared && reads_from(stored, is))
    {
        let message = Message::new().add("parameter `:").add(column.name).add("` of query `").add(query);
        let message = message.add("` must be `").add(is.word()).add("`, and `").add(holds.ty);
        let message = message.add("` is stored as `").add(stored.word());
        message
            .add("`\nhelp: take another type, or declare the column `")
            .add(stored.word())
            .add("`")
            .panic();
    }
    if holds.null && holds.kind.is_some() && matches!(column.null, Some(false)) {
        let message = Message::new().add("parameter `:").add(column.name).add("` of query `").add(query);
        let message = message.add("` must not be null, and `").add(holds.ty).add("` can be");
        message.add("\nhelp: take a type that cannot, or leave `not null` out of the column").panic();
    }
}

/// The elements of the list that is bound to a parameter inside `in (…)`.
#[track_caller]
pub const fn element(query: &str, holds: Holds, column: &Column) {
    if matches!(holds.kind, Some(Kind::Blob)) || (holds.null && holds.kind.is_some()) {
        let what = if holds.null { "can be null" } else { "is stored as `blob`" };
        let message = Message::new().add("parameter `:").add(column.name).add("` of query `").add(query);
        let message = message.add("` cannot be a list of `").add(holds.ty).add("`, which ").add(what);
        message.add("\nhelp: a list holds integers, reals and texts").panic();
    }
    parameter(query, holds, column);
}

/// Whether a type that is read from `reads` can be read from a column of kind `is`.
const fn reads_from(reads: Kind, is: Kind) -> bool {
    reads as u8 == is as u8 || matches!((reads, is), (Kind::Real, Kind::Integer))
}

/// Whether what is stored as `stored` can be bound where `is` is wanted; a `real` column takes integers.
const fn binds_to(stored: Kind, is: Kind) -> bool {
    stored as u8 == is as u8 || matches!((stored, is), (Kind::Integer, Kind::Real))
}

const fn find(columns: &[Column], name: &str) -> Option<usize> {
    let mut at = 0;
    while at < columns.len() {
        if same(columns[at].name, name) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// Adds the names of the columns.
const fn list(mut message: Message, columns: &[Column]) -> Message {
    let mut at = 0;
    while at < columns.len() {
        message = message.add(before(at, columns.len())).add(columns[at].name).add("`");
        at += 1;
    }
    message
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;
    use crate::row::RowRef;
    use crate::value::Mismatch;

    const fn column(name: &'static str) -> Column {
        Column::new(name, None, Some(false), "")
    }

    struct Todo;
    impl Row for Todo {
        const COLUMNS: &'static [&'static str] = &["id", "title"];
        fn read(_: &RowRef<'_>) -> Result<Self, Mismatch> {
            Ok(Self)
        }
    }

    fn said<T: Row>(columns: &[&'static str]) -> String {
        let columns: Vec<Column> = columns.iter().map(|name| column(name)).collect();
        let panic =
            catch_unwind(|| compare::<T>("all", "Todo", &columns, false)).expect_err("they do not match");
        panic.downcast_ref::<String>().cloned().expect("a message")
    }

    #[test]
    fn the_order_of_the_columns_does_not_matter() {
        compare::<Todo>("all", "Todo", &[column("title"), column("id")], false);
        compare::<i64>("count", "i64", &[column("n")], false);
    }

    #[test]
    fn a_difference_is_said_with_every_name_in_it() {
        assert_eq!(
            said::<Todo>(&["id", "name"]),
            "query `all` returns no column `title`, which is a field of `Todo`\n\
             help: add it to the SQL, or remove the field; the columns are `id` and `name`"
        );
        assert_eq!(
            said::<Todo>(&["id", "title", "done"]),
            "query `all` returns the column `done`, and `Todo` has no such field\n\
             help: add it to `Todo`, or leave it out of the SQL; the fields are `id` and `title`"
        );
        assert_eq!(
            said::<i64>(&["a", "b"]),
            "query `all` returns `a` and `b`, and `Todo` holds one value\n\
             help: select one column, or return a struct with `#[derive(Row)]`"
        );
    }

    #[test]
    fn a_message_that_is_too_long_is_cut_between_names() {
        let long: &'static str = "x".repeat(1200).leak();
        let said = said::<Todo>(vec!["id", long, long].leak());
        assert!(said.ends_with(&format!("the columns are `id`, `{long}` and `")), "{said}");
    }
}
