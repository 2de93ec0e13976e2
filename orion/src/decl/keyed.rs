//! Tables with a key: a change of some rows concerns those who read rows of the same key, and nobody else.

use crate::topic::{Key, Parts};
use crate::value::Value;

use super::Statement;

/// A column by whose values a table is watched: `#[slice(keyed(cards.board_id))]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Keyed {
    /// The table.
    pub table: &'static str,
    /// Its column.
    pub column: &'static str,
}

impl Keyed {
    /// A table that is watched by a column.
    pub const fn new(table: &'static str, column: &'static str) -> Self {
        Self { table, column }
    }
}

/// A key by which a statement reads a table, `where board_id = :board`: all rows of the table that it depends on have it.
///
/// ```
/// use orion::decl::{Affinity, ByKey, Statement};
///
/// const CARDS: Statement = Statement::new("select title from cards where board_id = :board")
///     .reads(&["cards"])
///     .by_key(&[ByKey::new("cards", 0, Affinity::Numeric)]);
/// assert_eq!(CARDS.by_key[0].parameter, 0);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ByKey {
    /// The table.
    pub table: &'static str,
    /// Which parameter the column that the table is keyed by is compared with, counted from 0.
    pub parameter: usize,
    /// That of the column.
    pub affinity: Affinity,
}

impl ByKey {
    /// A table of which only rows with the value of a parameter are read.
    pub const fn new(table: &'static str, parameter: usize, affinity: Affinity) -> Self {
        Self { table, parameter, affinity }
    }
}

/// What SQLite turns a value into that is compared with a column (<https://www.sqlite.org/datatype3.html>, section 4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Affinity {
    /// Texts that look like numbers are taken for these: columns of integers, reals, and of both.
    Numeric,
    /// Numbers are taken for their digits.
    Text,
    /// Nothing is turned into anything: columns of blobs and of `any`.
    None,
}

impl Affinity {
    /// The key of the rows whose column is equal to a value; `None` where that is not sure.
    fn key(self, value: Value<'_>) -> Option<Key> {
        let same = match (self, value) {
            // Nothing is equal to null.
            (_, Value::Null)
            | (Self::Numeric, Value::Text(_))
            | (Self::Text, Value::Integer(_) | Value::Real(_)) => false,
            _ => true,
        };
        same.then(|| Key::from(value))
    }
}

impl Statement {
    /// Adds what the statement reads when it runs with these parameters.
    pub(crate) fn read_with(&self, params: &[Value<'_>], reads: &mut Parts) {
        for table in self.reads {
            let mut by = self.by_key.iter().filter(|by| by.table == *table).peekable();
            if by.peek().is_none() {
                reads.whole(table);
            }
            for by in by {
                match params.get(by.parameter).and_then(|value| by.affinity.key(*value)) {
                    Some(key) => reads.key(table, key),
                    None => reads.whole(table),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CARDS: Statement = Statement::new("").reads(&["cards", "names"]).by_key(&[
        ByKey::new("cards", 0, Affinity::Numeric),
        ByKey::new("cards", 1, Affinity::Numeric),
        ByKey::new("names", 2, Affinity::Text),
    ]);

    fn reads(params: &[Value<'_>]) -> Vec<String> {
        let mut reads = Parts::default();
        CARDS.read_with(params, &mut reads);
        reads.topics().map(|topic| topic.to_string()).collect()
    }

    #[test]
    fn a_statement_reads_the_keys_that_it_is_given() {
        let ada = format!("names::={}", Key::text(b"ada"));
        let params = [Value::Integer(7), Value::Real(8.0), Value::Text("ada")];
        assert_eq!(reads(&params), ["cards::=7", "cards::=8", &ada]);
    }

    #[test]
    fn what_sqlite_would_turn_into_something_else_reads_the_whole_table() {
        let params = [Value::Integer(7), Value::Text("8"), Value::Integer(1)];
        assert_eq!(reads(&params), ["cards", "names"]);
        assert_eq!(reads(&[Value::Null, Value::Integer(8), Value::Null]), ["cards", "names"]);
        assert_eq!(reads(&[]), ["cards", "names"]);
    }
}
