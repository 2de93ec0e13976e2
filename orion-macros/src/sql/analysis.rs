//! Walks a statement that SQLite has accepted, from the inside out: which columns each select has, and whether they can be
//! NULL.
//!
//! It resolves names as SQLite does, over the tokens of the statement and of the views that it names. Whatever it does not
//! follow to the end is [`Value::UNKNOWN`]: the claim that a value is never NULL must hold for every contents of the tables.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::catalog::Catalog;
use super::expression;
use super::keyed;
use super::scope::{Found, Scope, Source};
use super::select::{self, Arm, Item};
use super::sources::{self, What};
use super::tokens::Tokens;
use super::value::{self, Columns, Output, Value};
use super::write::Slot;

/// Selects nested deeper than this are not followed; no statement written by hand comes near.
const DEEPEST: usize = 48;

/// A statement while it is walked, and what was found.
pub(super) struct Analysis<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    pub(super) catalog: &'a Catalog,
    pub(super) scopes: Vec<Scope>,
    /// What is selected in each parenthesis that opens a select.
    pub(super) selects: BTreeMap<usize, Rows>,
    /// The parameters that are stored in a column as they are, by token.
    pub(super) slots: BTreeMap<usize, Slot>,
    /// By which keys tables are read that are watched by one, by the token that names the table.
    pub(super) reads: BTreeMap<usize, keyed::Read>,
    /// The tables that a `from` names.
    pub(super) tables: BTreeSet<String>,
    /// The common table expressions in reach, innermost last.
    pub(super) ctes: Vec<(String, Columns)>,
    /// An aggregate in a subquery may belong to a select around it, whose rows then are not what they seem.
    pub(super) doubtful: bool,
    depth: usize,
}

/// What a select yields.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    pub(super) cells: Option<Vec<Cell>>,
    /// Whether it is exactly one row, whatever the tables hold.
    pub(super) one: bool,
}

/// One result column.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    pub(super) output: Output,
    /// The tokens of the item that it comes from.
    pub(super) item: Range<usize>,
    /// Whether somebody gave it its name.
    pub(super) named: bool,
}

impl Rows {
    pub(super) fn columns(&self) -> Columns {
        Some(self.cells.as_ref()?.iter().map(|cell| cell.output.clone()).collect())
    }
}

/// The columns of a view, from its text in the schema.
pub(super) fn of_view(sql: &str, catalog: &Catalog) -> Columns {
    let tokens = Tokens::of(sql);
    let body = tokens.find(tokens.all(), "as")?;
    let names = tokens.find(0..body, "(").map(|open| select::names(&tokens, tokens.inside(open)));
    let rows = Analysis::new(&tokens, catalog).select(body + 1..tokens.len(), false, None);
    renamed(rows.columns(), &names.unwrap_or_default())
}

/// The columns under other names, where other names are given.
pub(super) fn renamed(columns: Columns, names: &[String]) -> Columns {
    let mut columns = columns?;
    if names.is_empty() {
        return Some(columns);
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.name.clone_from(name);
    }
    (columns.len() == names.len()).then_some(columns)
}

impl<'a> Analysis<'a> {
    pub(super) fn new(tokens: &'a Tokens<'a>, catalog: &'a Catalog) -> Self {
        Self {
            tokens,
            catalog,
            scopes: Vec::new(),
            selects: BTreeMap::new(),
            slots: BTreeMap::new(),
            reads: BTreeMap::new(),
            tables: BTreeSet::new(),
            ctes: Vec::new(),
            doubtful: false,
            depth: 0,
        }
    }

    /// Walks a select. `nested`: it stands in an expression, so it can name what is around it. `width`: how many columns it
    /// has, where that is known.
    pub(super) fn select(&mut self, range: Range<usize>, nested: bool, width: Option<usize>) -> Rows {
        if self.depth >= DEEPEST {
            return Rows::default();
        }
        self.depth += 1;
        let select = select::parse(self.tokens, range);
        let outside = self.ctes.len();
        self.with(&select.ctes, nested);
        let mut arms =
            select.arms.iter().map(|arm| self.arm(arm, nested, width)).collect::<Vec<_>>().into_iter();
        let mut rows = arms.next().unwrap_or_default();
        rows.one &= !select.limited && arms.len() == 0;
        for arm in arms {
            rows.cells = union(rows.cells, arm.cells);
        }
        self.ctes.truncate(outside);
        self.depth -= 1;
        rows
    }

    /// Walks the selects in the expressions of a range.
    pub(super) fn nested(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            if !select::opens_select(self.tokens, at) {
                at += 1;
                continue;
            }
            if !self.selects.contains_key(&at) {
                let rows = self.select(self.tokens.inside(at), true, None);
                self.selects.insert(at, rows);
            }
            at = self.tokens.after(at);
        }
    }

    pub(super) fn arm(&mut self, arm: &Arm, nested: bool, width: Option<usize>) -> Rows {
        let mut scope = match &arm.from {
            Some(from) => self.scope(from.clone(), nested),
            None => Scope { range: 0..0, sources: Vec::new(), merged: false, right: false, grouped: false },
        };
        self.keys(arm, &scope);
        scope.range = arm.range.clone();
        scope.grouped = arm.grouped;
        let aggregates = expression::aggregates(self.tokens, arm.range.clone());
        if nested
            && aggregates.iter().any(|arguments| !expression::belongs(self.tokens, arguments.clone(), &scope))
        {
            self.doubtful = true;
        }
        let whole = !aggregates.is_empty() && !arm.grouped;
        if whole {
            scope.sources.iter_mut().for_each(Source::or_null);
        }
        let here = self.scopes.len();
        self.scopes.push(scope);
        self.nested(arm.range.clone());
        let mut rows = arm.rows.iter().map(|items| self.cells(items, here, width));
        let mut cells = rows.next().flatten();
        for row in rows {
            cells = union(cells, row);
        }
        Rows { cells, one: whole && !arm.having }
    }

    /// The sources that a `from` lists.
    pub(super) fn scope(&mut self, from: Range<usize>, nested: bool) -> Scope {
        let range = from.clone();
        let Some(from) = sources::parse(self.tokens, from) else {
            let sources = vec![Source::opaque(String::new())];
            return Scope { range, sources, merged: true, right: true, grouped: false };
        };
        let mut sources = Vec::new();
        for source in from.sources {
            let mut found = match source.what {
                What::Named(name, qualified) => self.named(&name, qualified),
                What::Select(open) => {
                    let rows = self.select(self.tokens.inside(open), nested, None);
                    let columns = rows.columns();
                    self.selects.insert(open, rows);
                    Source { columns, ..Source::opaque(String::new()) }
                }
                What::Opaque => Source::opaque(String::new()),
            };
            if let Some(alias) = source.alias {
                found.name = alias;
            }
            if source.nulled {
                found.or_null();
            }
            sources.push(found);
        }
        Scope { range, sources, merged: from.merged, right: from.right, grouped: false }
    }

    /// The table, view or common table expression of a name.
    pub(super) fn named(&mut self, name: &str, qualified: bool) -> Source {
        let cte = self.ctes.iter().rev().find(|(cte, _)| !qualified && cte.eq_ignore_ascii_case(name));
        if let Some((_, columns)) = cte {
            return Source { columns: columns.clone(), ..Source::opaque(name.to_owned()) };
        }
        let table = self.catalog.table(name);
        if let Some(table) = table {
            self.tables.insert(table.name.to_ascii_lowercase());
        }
        Source {
            columns: self.catalog.columns(name),
            rowid: table.and_then(super::catalog::Table::rowid),
            hides: table.is_some_and(|table| table.is_virtual),
            ..Source::opaque(name.to_owned())
        }
    }

    /// The result columns that items stand for. `width` fills in for one `*` whose columns are not known.
    pub(super) fn cells(&self, items: &[Item], scope: usize, width: Option<usize>) -> Option<Vec<Cell>> {
        let pieces: Vec<Option<Vec<Cell>>> = items.iter().map(|item| self.cells_of(item, scope)).collect();
        let known: usize = pieces.iter().flatten().map(Vec::len).sum();
        let mut gap = width.and_then(|width| width.checked_sub(known));
        let mut cells = Vec::new();
        for (piece, item) in pieces.into_iter().zip(items) {
            match piece {
                Some(piece) => cells.extend(piece),
                None => cells.extend(std::iter::repeat_n(unknown(item), gap.take()?)),
            }
        }
        Some(cells)
    }

    fn cells_of(&self, item: &Item, scope: usize) -> Option<Vec<Cell>> {
        let range = item.expression.clone();
        let cell = |output, named| Cell { output, item: item.expression.clone(), named };
        if range.end > range.start && self.tokens.is(range.end - 1, "*") {
            let qualifier = (range.len() > 2).then(|| self.tokens.name(range.end - 3)).flatten();
            let columns = self.scopes.get(scope)?.star(qualifier.as_deref())?;
            return Some(columns.into_iter().map(|column| cell(column, true)).collect());
        }
        let column = self.column(range.clone());
        let named = item.alias.is_some() || column.is_some();
        let name = match &item.alias {
            Some(alias) => alias.clone(),
            None if named => self.tokens.name(range.end - 1).unwrap_or_default(),
            None => self.tokens.text(range.clone()).to_owned(),
        };
        Some(vec![cell(Output { name, value: self.value(range) }, named)])
    }

    /// What a column's name, at a token, stands for: the innermost scope around it that has such a column.
    pub(super) fn lookup(&self, at: usize, qualifier: Option<&str>, name: &str) -> Option<Value> {
        let mut scopes: Vec<&Scope> = self.scopes.iter().filter(|scope| scope.range.contains(&at)).collect();
        scopes.sort_by_key(|scope| scope.range.len());
        scopes.into_iter().find_map(|scope| match scope.find(qualifier, name) {
            Found::Value(value) => Some(value),
            Found::Unsure => Some(Value::UNKNOWN),
            Found::Nothing => None,
        })
    }
}

/// A column of a `*` that nothing is known of.
fn unknown(item: &Item) -> Cell {
    let output = Output { name: String::new(), value: Value::UNKNOWN };
    Cell { output, item: item.expression.clone(), named: true }
}

/// The rows of both.
fn union(first: Option<Vec<Cell>>, second: Option<Vec<Cell>>) -> Option<Vec<Cell>> {
    let (first, second) = (first?, second?);
    let values = value::union(
        Some(first.iter().map(|cell| cell.output.clone()).collect()),
        Some(second.into_iter().map(|cell| cell.output).collect()),
    )?;
    Some(first.into_iter().zip(values).map(|(cell, output)| Cell { output, ..cell }).collect())
}
