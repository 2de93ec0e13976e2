//! An `insert` that leaves out a column which must not be null and has no default: SQLite prepares it, and refuses every row.

use std::ops::Range;

use rusqlite::Connection;

use super::catalog::{Catalog, Otherwise, Table};
use super::error::SqlError;
use super::select;
use super::tokens::{Token, Tokens};
use crate::spelling::list;

/// What an insert says before its rows.
struct Head {
    table: String,
    /// The columns that it names; `None` where it names none and fills all.
    columns: Option<Vec<String>>,
    /// The tokens that say which columns; of the table, where none do.
    place: Range<usize>,
}

/// Refuses the statement if it is such an insert. Where a constraint or a trigger may see to it that no row is refused, nothing is
/// said.
pub(super) fn refuse(
    tokens: &Tokens<'_>,
    statement: Range<usize>,
    catalog: &Catalog,
    connection: &Connection,
) -> Result<(), SqlError> {
    let Some(head) = head(tokens, statement) else { return Ok(()) };
    let Some(table) = catalog.table(&head.table).filter(|table| !table.is_virtual) else { return Ok(()) };
    let lacking = lacking(table, head.columns.as_deref());
    if lacking.is_empty() || may_be_let_off(connection, &table.name) {
        return Ok(());
    }
    let (columns, name) = (list(lacking.iter().copied()), &table.name);
    let values: Vec<String> = lacking.iter().map(|column| format!(":{column}")).collect();
    let (must, it) = if lacking.len() == 1 {
        ("must not be null and has no default", "it")
    } else {
        ("must not be null and have no default", "them")
    };
    Err(SqlError::new(format!("the insert leaves out {columns} of `{name}`, which {must}"))
        .at(tokens.bytes(head.place))
        .help(format!(
            "add {columns} to its columns and {} to its values, or give {it} a `default` in the table",
            list(values.iter().map(String::as_str))
        )))
}

fn head(tokens: &Tokens<'_>, statement: Range<usize>) -> Option<Head> {
    let (_, start) = select::with(tokens, statement.clone());
    let is_insert = tokens.is_any(start, &["insert", "replace"]);
    // A row that is refused is passed over.
    let ignores = tokens.is(start + 1, "or") && tokens.is(start + 2, "ignore");
    let into = tokens.find(start..statement.end, "into").filter(|_| is_insert && !ignores)?;
    let name = if tokens.is(into + 2, ".") { into + 3 } else { into + 1 };
    let table = tokens.get(name).and_then(Token::name)?;
    let mut at = name + 1;
    if tokens.is(at, "as") {
        at += 2;
    }
    let (columns, place) = if tokens.is(at, "(") && !select::opens_select(tokens, at) {
        (Some(select::names(tokens, tokens.inside(at))), at..tokens.after(at))
    } else {
        // `default values` names none and fills none.
        (tokens.is(at, "default").then(Vec::new), name..name + 1)
    };
    Some(Head { table, columns, place })
}

/// The columns that nothing fills.
fn lacking<'a>(table: &'a Table, columns: Option<&[String]>) -> Vec<&'a str> {
    let Some(columns) = columns else { return Vec::new() };
    let needed = table
        .columns
        .iter()
        .filter(|column| column.not_null && !column.is_rowid && column.otherwise == Otherwise::Null);
    let named = |name: &str| columns.iter().any(|column| column.eq_ignore_ascii_case(name));
    needed.map(|column| column.name.as_str()).filter(|name| !named(name)).collect()
}

/// `not null on conflict ignore`, or a trigger with `raise(ignore)`; told roughly, by the words.
fn may_be_let_off(connection: &Connection, table: &str) -> bool {
    const WORDS: &str = "select exists(select 1 from sqlite_schema where tbl_name = :table collate nocase \
         and (sql like '%conflict%' or (type = 'trigger' and sql like '%ignore%')))";
    connection.query_row(WORDS, [table], |row| row.get(0)).unwrap_or(true)
}
