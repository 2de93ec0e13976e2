//! Tables that are watched by a key: which column that can be, and which statements read only rows of one key.
//!
//! A statement does if each place that names the table is a source of a `from`, and what joins or filters it there says that the
//! key is equal to a parameter: `where board_id = :board`. Then a row with another key cannot make a difference. What is not
//! understood, and what is read through a view, reads the whole table.

mod arm;
mod equal;

use std::collections::BTreeSet;

use super::analysis::Analysis;
use super::catalog::{Catalog, KeyColumn};
use super::model::ByKey;
use super::schema::Schema;
use super::tokens::Tokens;

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
    /// The parameter, by its token, that the key is equal to in every row that counts.
    key: Option<usize>,
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
                let parameter = tokens.get(read.key?)?;
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
