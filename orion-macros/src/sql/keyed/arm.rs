//! What the joins and the filter of one select say of the keys of its sources.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Read;
use super::equal::{self, Column, Side};
use crate::sql::analysis::Analysis;
use crate::sql::model::Affinity;
use crate::sql::operators::conjuncts;
use crate::sql::scope::Scope;
use crate::sql::select::Arm;
use crate::sql::sources::{self, From, What};

/// Two sides that are equal in every row that counts, and the sources of which that rules rows out.
struct Equality {
    sides: (Side, Side),
    sources: Range<usize>,
}

impl Analysis<'_> {
    /// Notes by which keys an arm reads its tables.
    pub(in crate::sql) fn keys(&mut self, arm: &Arm, scope: &Scope) {
        if self.catalog.keyed.is_empty() {
            return;
        }
        let Some(from) = arm.from.clone().and_then(|from| sources::parse(self.tokens, from)) else { return };
        if from.sources.len() != scope.sources.len() {
            return;
        }
        let tables: Vec<Option<String>> = from.sources.iter().map(|source| self.table_of(source)).collect();
        let places: Vec<Option<usize>> = from.sources.iter().map(|source| source.at).collect();
        let known = self.known(&tables, &self.equalities(arm, from, scope));
        for (source, (table, at)) in tables.into_iter().zip(places).enumerate() {
            let (Some(table), Some(at)) = (table, at) else { continue };
            let Some(key) = self.catalog.keyed.get(&table) else { continue };
            let column = Column { source, name: key.name.to_ascii_lowercase() };
            self.reads.insert(at, Read { table, key: known.get(&column).copied() });
        }
    }

    /// The table, in lower case, that a source is.
    fn table_of(&self, source: &sources::Source) -> Option<String> {
        let What::Named(name, qualified) = &source.what else { return None };
        let is_common = self.ctes.iter().any(|(cte, _)| !qualified && cte.eq_ignore_ascii_case(name));
        self.catalog.table(name).filter(|_| !is_common).map(|table| table.name.to_ascii_lowercase())
    }

    fn equalities(&self, arm: &Arm, from: From, scope: &Scope) -> Vec<Equality> {
        let all = 0..from.sources.len();
        let filter = arm.filter.clone().map(|filter| (filter, all));
        // A `right` join brings back what a condition before it has left out.
        let conditions = from.conditions.into_iter().filter(|_| !from.right);
        let joins = conditions.map(|condition| (condition.range, condition.sources));
        let conditions = filter.into_iter().chain(joins).flat_map(|(range, sources)| {
            let parts = conjuncts(self.tokens, range);
            parts.into_iter().map(move |range| (range, sources.clone()))
        });
        let equal = conditions.filter_map(|(range, sources)| {
            Some(Equality { sides: equal::read(self.tokens, range, scope)?, sources })
        });
        equal.collect()
    }

    /// For each column the parameter, by its token, that it is equal to in every row that counts: said so, or through other columns.
    fn known(&self, tables: &[Option<String>], equalities: &[Equality]) -> BTreeMap<Column, usize> {
        let mut known = BTreeMap::new();
        loop {
            let before = known.len();
            for Equality { sides: (left, right), sources } in equalities {
                for (side, other) in [(left, right), (right, left)] {
                    let Side::Column(column) = side else { continue };
                    if !sources.contains(&column.source) || known.contains_key(column) {
                        continue;
                    }
                    let parameter = match other {
                        Side::Parameter(parameter) => Some(*parameter),
                        // Of numbers, of which no two are equal that differ, and none is turned into anything.
                        Side::Column(other)
                            if self.is_number(tables, column) && self.is_number(tables, other) =>
                        {
                            known.get(other).copied()
                        }
                        Side::Column(_) => None,
                    };
                    known.extend(parameter.map(|parameter| (column.clone(), parameter)));
                }
            }
            if known.len() == before {
                return known;
            }
        }
    }

    fn is_number(&self, tables: &[Option<String>], column: &Column) -> bool {
        let table = tables.get(column.source).and_then(Option::as_ref);
        let table = table.and_then(|table| self.catalog.table(table)).filter(|table| !table.is_virtual);
        let found = table.and_then(|table| Some((table, table.column(&column.name)?)));
        found.is_some_and(|(table, column)| table.affinity(column) == Affinity::Numeric)
    }
}
