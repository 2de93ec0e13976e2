//! Tables that are watched by a key: which column that can be, and which statements read only rows of one key.
//!
//! A statement does if each place that names the table is a source of a `from`, and what joins or filters it there compares the
//! key with a parameter, and nothing else: `where board_id = :board`. Then a row with another key cannot make a difference. What is
//! not understood, and what is read through a view, reads the whole table.

use std::collections::BTreeSet;
use std::ops::Range;

use super::analysis::Analysis;
use super::catalog::{Catalog, KeyColumn};
use super::model::ByKey;
use super::operators::conjuncts;
use super::schema::Schema;
use super::scope::{Scope, Source};
use super::select::Arm;
use super::sources::{self, What};
use super::tokens::{Class, Tokens};

/// Why a table is not watched by a column.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unkeyable {
    NoTable,
    View,
    Virtual,
    NoColumn,
    /// Its values are compared in this way, which finds some equal that differ.
    Collated(String),
}

impl Schema {
    /// Watches a table by a column; gives both as they were declared. Once all migrations are applied.
    pub(crate) fn key(&mut self, table: &str, column: &str) -> Result<(String, String), Unkeyable> {
        if self.catalog.is_view(table) {
            return Err(Unkeyable::View);
        }
        let found = self.catalog.table(table).filter(|table| !table.internal).ok_or(Unkeyable::NoTable)?;
        if found.is_virtual {
            return Err(Unkeyable::Virtual);
        }
        let key = found.column(column).ok_or(Unkeyable::NoColumn)?;
        let collation = self.collation(&found.name, &key.name);
        if !collation.eq_ignore_ascii_case("binary") {
            return Err(Unkeyable::Collated(collation.to_ascii_lowercase()));
        }
        let names = (found.name.clone(), key.name.clone());
        let key = KeyColumn { name: key.name.clone(), affinity: found.affinity(key) };
        self.catalog.keyed.insert(table.to_ascii_lowercase(), key);
        Ok(names)
    }
}

/// A place where a statement names a table to read it.
#[derive(Debug)]
pub(super) struct Read {
    /// In lower case.
    table: String,
    /// The parameters, by their tokens, one of which the key is equal to in every row that counts.
    key: Vec<usize>,
}

impl Analysis<'_> {
    /// Notes by which keys an arm reads its tables.
    pub(super) fn keys(&mut self, arm: &Arm, scope: &Scope) {
        if self.catalog.keyed.is_empty() {
            return;
        }
        let tokens = self.tokens;
        let Some(from) = arm.from.clone().and_then(|from| sources::parse(tokens, from)) else { return };
        if from.sources.len() != scope.sources.len() {
            return;
        }
        let all = 0..from.sources.len();
        let filters = arm.filter.clone().map(|filter| (filter, all));
        let joins = from.conditions.into_iter().map(|condition| (condition.range, condition.sources));
        // A `right` join brings back what a condition before it has left out.
        let conditions: Vec<_> = filters.into_iter().chain(joins.filter(|_| !from.right)).collect();
        for (i, source) in from.sources.iter().enumerate() {
            let (What::Named(name, qualified), Some(at)) = (&source.what, source.at) else { continue };
            let is_common = self.ctes.iter().any(|(cte, _)| !qualified && cte.eq_ignore_ascii_case(name));
            let table = name.to_ascii_lowercase();
            let Some(key) = self.catalog.keyed.get(&table).filter(|_| !is_common) else { continue };
            let here = conditions.iter().filter(|(_, sources)| sources.contains(&i));
            let equal = here.flat_map(|(range, _)| conjuncts(tokens, range.clone()));
            let equal = equal.filter_map(|range| Equal::read(tokens, range));
            let equal = equal.filter(|equal| equal.is_about(&key.name) && equal.source(scope) == Some(i));
            let key = equal.map(|equal| equal.parameter).collect();
            self.reads.insert(at, Read { table, key });
        }
    }
}

/// `column = :parameter`, or the other way round.
struct Equal {
    qualifier: Option<String>,
    column: String,
    /// The token of the parameter.
    parameter: usize,
}

impl Equal {
    fn read(tokens: &Tokens<'_>, range: Range<usize>) -> Option<Self> {
        let Range { start, end } = range;
        let last = end.checked_sub(1)?;
        let (column, equals, parameter) = if tokens.class(start) == Some(Class::Parameter) {
            (start + 2..end, start + 1, start)
        } else {
            (start..last.checked_sub(1)?, last - 1, last)
        };
        let dotted = column.clone().enumerate();
        let is_name = |at| matches!(tokens.class(at), Some(Class::Word | Class::Quoted));
        let is_column = matches!(column.len(), 1 | 3 | 5)
            && dotted.clone().all(|(i, at)| if i % 2 == 1 { tokens.is(at, ".") } else { is_name(at) })
            // Words that are values.
            && !(column.len() == 1 && tokens.is_any(column.start, &["true", "false", "null"]));
        let is_equal = tokens.is_any(equals, &["=", "=="]);
        if !is_column || !is_equal || tokens.class(parameter) != Some(Class::Parameter) {
            return None;
        }
        let qualifier = if column.len() > 1 { tokens.name(column.end - 3) } else { None };
        Some(Self { qualifier, column: tokens.name(column.end - 1)?, parameter })
    }

    fn is_about(&self, column: &str) -> bool {
        self.column.eq_ignore_ascii_case(column)
    }

    /// The one source that the column is surely of.
    fn source(&self, scope: &Scope) -> Option<usize> {
        let is_it = |source: &Source| match &self.qualifier {
            Some(qualifier) => source.name.eq_ignore_ascii_case(qualifier),
            None => source.columns.iter().flatten().any(|column| self.is_about(&column.name)),
        };
        let bare_is_sure = !scope.merged && scope.sources.iter().all(|source| source.columns.is_some());
        if self.qualifier.is_none() && !bare_is_sure {
            return None;
        }
        let mut found = scope.sources.iter().enumerate().filter(|(_, source)| is_it(source));
        let (i, _) = found.next()?;
        found.next().is_none().then_some(i)
    }
}

/// The keys by which a statement that only reads does so; `names` are those of its parameters, `touched` what it reads, in lower
/// case and through whatever.
pub(super) fn of(analysis: &Analysis<'_>, names: &[String], touched: &BTreeSet<String>) -> Vec<ByKey> {
    let Analysis { tokens, catalog, reads, .. } = analysis;
    let sources: Vec<(usize, String)> = tokens
        .all()
        .filter(|at| is_source(tokens, *at))
        .filter_map(|at| Some((at, tokens.name(at)?)))
        .collect();
    if sources.iter().any(|(_, name)| catalog.is_view(name)) {
        return Vec::new();
    }
    let mut found = BTreeSet::new();
    for (table, column) in catalog.keyed.iter().filter(|(table, _)| touched.contains(*table)) {
        let places = sources.iter().filter(|(_, name)| name.eq_ignore_ascii_case(table));
        let keys: Option<Vec<usize>> = places
            .map(|(at, _)| {
                let read = reads.get(at).filter(|read| read.table == *table)?;
                let parameter = tokens.get(*read.key.first()?)?;
                names.iter().position(|name| name == parameter.text)
            })
            .collect();
        let Some(keys) = keys.filter(|_| !is_content(catalog, touched, table)) else { continue };
        let name = catalog.table(table).map_or(table, |table| &table.name);
        found.extend(keys.into_iter().map(|parameter| ByKey {
            table: name.clone(),
            parameter,
            affinity: column.affinity,
        }));
    }
    found.into_iter().collect()
}

/// Whether a name may be that of something to read: not what stands before a point, nor what follows `as`.
fn is_source(tokens: &Tokens<'_>, at: usize) -> bool {
    let is_named = at > 0 && tokens.is(at - 1, "as");
    !is_named && !tokens.is(at + 1, ".")
}

/// Whether the table is also read as the text behind a full-text index.
fn is_content(catalog: &Catalog, touched: &BTreeSet<String>, table: &str) -> bool {
    let contents = touched.iter().filter_map(|name| catalog.table(name)?.content.as_deref());
    contents.into_iter().any(|content| content.eq_ignore_ascii_case(table))
}
