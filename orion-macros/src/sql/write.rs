//! Walks an `insert`, `update` or `delete`: what its `returning` gives back, and which parameters are stored in a column.

use std::ops::Range;

use super::analysis::{Analysis, Cell};
use super::catalog::{Otherwise, Table, TableColumn};
use super::model::Kind;
use super::scope::{Scope, Source};
use super::select::{self, is_distinct_from};
use super::tokens::Class;

/// The column that a parameter is stored in as it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slot {
    pub(super) kind: Option<Kind>,
    pub(super) nullable: Option<bool>,
}

impl Slot {
    fn inserted(column: &TableColumn, lenient: bool) -> Self {
        let nullable = match column {
            _ if column.is_rowid => Some(true),
            // `insert or replace` puts the default for NULL.
            _ if column.not_null && lenient && column.otherwise == Otherwise::Default => None,
            _ => Some(!column.not_null),
        };
        Self { kind: column.kind, nullable }
    }

    fn updated(column: &TableColumn) -> Self {
        Self { kind: column.kind, nullable: Some(!(column.not_null || column.is_rowid)) }
    }
}

impl<'a> Analysis<'a> {
    /// Walks a whole statement and gives its result columns, of which there are `width`.
    pub(super) fn statement(&mut self, range: Range<usize>, width: usize) -> Option<Vec<Cell>> {
        let (ctes, start) = select::with(self.tokens, range.clone());
        if self.tokens.is_any(start, &["select", "values"]) {
            return self.select(range, false, Some(width)).cells;
        }
        self.with(&ctes, false);
        let returning =
            self.tokens.top(start..range.end).filter(|at| self.tokens.is(*at, "returning")).last();
        let end = returning.unwrap_or(range.end);
        let target = if self.tokens.is_any(start, &["insert", "replace"]) {
            self.insert(start..end)
        } else {
            self.change(start..end)
        };
        self.nested(start..end);
        let Some(returning) = returning else { return Some(Vec::new()) };
        // A view gives back what was to be written, which no constraint has seen.
        let source = if self.table(&target).is_some() {
            self.source(&target, &target)
        } else {
            Source::opaque(target)
        };
        let here = self.scopes.len();
        self.scopes.push(write_scope(returning + 1..range.end, vec![source]));
        self.nested(returning + 1..range.end);
        let items = select::items_of(self.tokens, returning + 1..range.end);
        self.cells(&items, here, Some(width))
    }

    fn table(&self, name: &str) -> Option<&'a Table> {
        self.catalog.table(name)
    }

    /// The name at a token, after `schema.` if that is written, and the token that follows.
    fn target(&self, at: usize) -> (String, usize) {
        let last = if self.tokens.is(at + 1, ".") { at + 2 } else { at };
        let name = self.tokens.get(last).and_then(super::tokens::Token::name);
        (name.unwrap_or_default(), last + 1)
    }

    /// `insert [or …] into table [as alias] [(columns)] values …|select … [on conflict …]`; gives the table.
    fn insert(&mut self, range: Range<usize>) -> String {
        let tokens = self.tokens;
        let lenient = tokens.is(range.start, "replace") || tokens.is(range.start + 2, "replace");
        let into = tokens.find(range.clone(), "into").unwrap_or(range.start);
        let (table, mut at) = self.target(into + 1);
        let mut name = table.clone();
        if tokens.is(at, "as") {
            (name, at) = self.target(at + 1);
        }
        let columns = tokens.is(at, "(").then(|| select::names(tokens, tokens.inside(at)));
        if columns.is_some() {
            at = tokens.after(at);
        }
        let upsert =
            tokens.top(at..range.end).find(|at| tokens.is(*at, "on") && tokens.is(at + 1, "conflict"));
        let body = at..upsert.unwrap_or(range.end);
        if !tokens.is(body.start, "default") {
            self.select(body.clone(), false, None);
            self.fill(&table, columns.as_deref(), body, lenient);
        }
        if let Some(upsert) = upsert {
            let excluded =
                Source { name: "excluded".to_owned(), bare: false, ..self.source(&table, "excluded") };
            let sources = vec![self.source(&table, &name), excluded];
            self.scopes.push(write_scope(upsert..range.end, sources));
            let sets: Vec<usize> = (upsert..range.end).filter(|at| tokens.is(*at, "set")).collect();
            for set in sets.into_iter().filter(|set| tokens.is(set - 1, "update")) {
                self.assign(&table, set + 1..range.end);
            }
        }
        table
    }

    /// Notes the parameters that are whole values of the rows to insert.
    fn fill(&mut self, table: &str, columns: Option<&[String]>, body: Range<usize>, lenient: bool) {
        let Some(table) = self.table(table) else { return };
        let columns: Vec<Option<&TableColumn>> = match columns {
            Some(names) => names.iter().map(|name| table.column(name)).collect(),
            None => table
                .columns
                .iter()
                .filter(|column| column.otherwise != Otherwise::Computed)
                .map(Some)
                .collect(),
        };
        let rows = select::parse(self.tokens, body).arms.into_iter().flat_map(|arm| arm.rows);
        for (item, column) in
            rows.flat_map(|row| row.into_iter().zip(columns.iter().copied()).collect::<Vec<_>>())
        {
            if let Some(column) = column.filter(|_| !table.is_virtual) {
                self.store(&item.expression, Slot::inserted(column, lenient));
            }
        }
    }

    /// `update [or …] table [as alias] set … [from …] [where …]`, `delete from table [as alias] [where …]`; gives the table.
    fn change(&mut self, range: Range<usize>) -> String {
        let tokens = self.tokens;
        let mut at = range.start + 1;
        at += if tokens.is(at, "or") { 2 } else { usize::from(tokens.is(at, "from")) };
        let (table, next) = self.target(at);
        let name = if tokens.is(next, "as") { self.target(next + 1).0 } else { table.clone() };
        let mut sources = vec![self.source(&table, &name)];
        if let Some(set) = tokens.find(range.clone(), "set") {
            let end = self.clause_end(set + 1..range.end);
            self.assign(&table, set + 1..end);
            if tokens.is(end, "from") {
                let end_of_from = tokens.find(end..range.end, "where").unwrap_or(range.end);
                sources.extend(self.scope(end + 1..end_of_from, false).sources);
            }
        }
        self.scopes.push(write_scope(range, sources));
        table
    }

    /// The table to write to, as something that expressions can name.
    fn source(&self, table: &str, name: &str) -> Source {
        Source {
            columns: self.catalog.columns(table),
            rowid: self.table(table).and_then(Table::rowid),
            hides: self.table(table).is_some_and(|table| table.is_virtual),
            ..Source::opaque(name.to_owned())
        }
    }

    /// Where a list of assignments ends.
    fn clause_end(&self, range: Range<usize>) -> usize {
        let mut ends = self.tokens.top(range.clone()).filter(|at| {
            self.tokens.is_any(*at, &["where", "on", "order", "limit"])
                || (self.tokens.is(*at, "from") && !is_distinct_from(self.tokens, *at))
        });
        ends.next().unwrap_or(range.end)
    }

    /// `a = …, (b, c) = (…, …)`: notes the parameters that are whole values.
    fn assign(&mut self, table: &str, range: Range<usize>) {
        let tokens = self.tokens;
        let Some(table) = self.table(table).filter(|table| !table.is_virtual) else { return };
        let end = self.clause_end(range.clone());
        for assignment in tokens.split(range.start..end, ",") {
            let equals = tokens.after(assignment.start);
            if !tokens.is(equals, "=") {
                continue;
            }
            let value = equals + 1..assignment.end;
            let pairs = if tokens.is(assignment.start, "(") && tokens.is(value.start, "(") {
                let names = select::names(tokens, tokens.inside(assignment.start));
                names.into_iter().zip(tokens.split(tokens.inside(value.start), ",")).collect()
            } else {
                vec![(tokens.name(assignment.start).unwrap_or_default(), value)]
            };
            for (name, value) in pairs {
                if let Some(column) = table.column(&name) {
                    self.store(&value, Slot::updated(column));
                }
            }
        }
    }

    fn store(&mut self, value: &Range<usize>, slot: Slot) {
        if value.len() == 1 && self.tokens.class(value.start) == Some(Class::Parameter) {
            self.slots.insert(value.start, slot);
        }
    }
}

/// Where the table of a write, and what stands beside it, can be named.
fn write_scope(range: Range<usize>, sources: Vec<Source>) -> Scope {
    Scope { range, sources, merged: false, right: false, grouped: false }
}
