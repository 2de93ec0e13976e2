//! The result columns of a statement: what SQLite tells of each, with what the analysis adds.

use std::collections::BTreeSet;
use std::ops::Range;

use super::analysis::Cell;
use super::catalog::Catalog;
use super::error::SqlError;
use super::marks::{self, Mark};
use super::model::{Column, Nullable};
use super::select;
use super::tokens::Tokens;
use super::value::Value;

/// What SQLite tells of a result column.
pub(super) struct Told {
    pub(super) name: String,
    /// The table and the column that it is read from. Of a compound select this is true of one arm only.
    pub(super) origin: Option<(String, String)>,
}

/// Puts the two together; where they differ, SQLite is right and the analysis knows nothing.
pub(super) fn of(
    tokens: &Tokens<'_>,
    cells: Option<Vec<Cell>>,
    told: Vec<Told>,
    mut marks: Vec<Mark>,
) -> Result<Vec<Column>, SqlError> {
    let cells: Vec<Option<Cell>> = match cells {
        Some(cells) if cells.len() == told.len() => cells.into_iter().map(Some).collect(),
        _ => vec![None; told.len()],
    };
    let columns: Vec<Column> =
        told.into_iter().zip(cells).map(|(told, cell)| column(tokens, told, cell, &mut marks)).collect();
    marks::refuse(&marks, tokens)?;
    refuse_duplicates(tokens, &columns)?;
    Ok(columns)
}

fn column(tokens: &Tokens<'_>, told: Told, cell: Option<Cell>, marks: &mut Vec<Mark>) -> Column {
    let given = told.origin.as_ref().is_some_and(|(_, column)| *column == told.name);
    let Some(cell) = cell else {
        let nullable = Nullable::Unknown;
        return Column { name: told.name, named: given, kind: None, nullable, stored: false, at: None };
    };
    let mut value = cell.output.value;
    if value.origin.is_some() && !same(value.origin.as_ref(), told.origin.as_ref()) {
        value = Value::UNKNOWN;
    }
    Column {
        name: told.name,
        named: cell.named || given,
        kind: value.kind,
        nullable: marks::take(marks, tokens, &cell.item).unwrap_or(value.nullable),
        stored: value.origin.is_some(),
        at: Some(tokens.bytes(cell.item)),
    }
}

fn same(ours: Option<&(String, String)>, told: Option<&(String, String)>) -> bool {
    ours.zip(told).is_some_and(|(ours, told)| {
        ours.0.eq_ignore_ascii_case(&told.0) && ours.1.eq_ignore_ascii_case(&told.1)
    })
}

/// A row is read by the names of its columns, so no two may share one.
fn refuse_duplicates(tokens: &Tokens<'_>, columns: &[Column]) -> Result<(), SqlError> {
    for (i, column) in columns.iter().enumerate().filter(|(_, column)| column.named) {
        let mut others = columns[..i].iter().filter(|other| other.named);
        if !others.any(|other| other.name.eq_ignore_ascii_case(&column.name)) {
            continue;
        }
        let error = SqlError::new(format!("two columns are named `{}`", column.name));
        let Some(at) = &column.at else {
            return Err(error.help("give one of them another name with `as`"));
        };
        let written = &tokens.sql()[at.clone()];
        let help = if written.ends_with('*') {
            format!("list the columns instead of `{written}` and give one another name with `as`")
        } else {
            format!("give it another name: `{written} as {}`", other_name(written))
        };
        return Err(error.at(at.clone()).help(help));
    }
    Ok(())
}

/// `board.id` may be called `board_id`.
fn other_name(written: &str) -> String {
    let plain = |character: char| character.is_ascii_alphanumeric() || character == '_' || character == '.';
    if written.contains('.') && written.chars().all(plain) {
        written.replace('.', "_")
    } else {
        "other".to_owned()
    }
}

/// Result columns that are called, without `as`, by the name of another column of the tables in `from`: in bytes.
pub(super) fn run_together(
    tokens: &Tokens<'_>,
    statement: Range<usize>,
    from: &BTreeSet<String>,
    catalog: &Catalog,
) -> Vec<Range<usize>> {
    if !tokens.is_any(statement.start, &["select", "with"]) {
        return Vec::new();
    }
    let rows = select::parse(tokens, statement).arms.into_iter().flat_map(|arm| arm.rows).flatten();
    let called = rows.filter_map(|item| Some((item.expression, item.alias?)));
    let is_column = |name: &str| {
        let mut columns = from.iter().filter_map(|table| catalog.columns(table)).flatten();
        columns.any(|column| column.name.eq_ignore_ascii_case(name))
    };
    let together = called.filter(|(expression, alias)| !tokens.is(expression.end, "as") && is_column(alias));
    together.map(|(expression, _)| tokens.bytes(expression.start..expression.end + 1)).collect()
}
