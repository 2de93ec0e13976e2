//! What a commit changes beyond the slice that wrote: foreign keys of other slices act with it, and no statement's own sets can
//! know of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::decl::{Reference, Slice};
use crate::topic::{Topic, Topics};

/// The tables that change when rows go from a table of another slice.
#[derive(Debug, Default)]
pub(crate) struct Cascades {
    /// By what is announced when they go.
    follow: BTreeMap<Topic, BTreeSet<&'static str>>,
}

impl Cascades {
    /// Of all foreign keys between slices, one behind the other.
    pub(crate) fn of(slices: &[&'static Slice]) -> Self {
        let references: Vec<&Reference> = slices.iter().flat_map(|slice| slice.references).collect();
        let tables = slices.iter().flat_map(|slice| slice.tables);
        let all = tables.map(|&table| (Topic::removed(table), after(table, &references)));
        Self { follow: all.filter(|(_, tables)| !tables.is_empty()).collect() }
    }

    /// What was changed, with what follows from it.
    pub(crate) fn with(&self, changed: &Topics) -> Topics {
        let follow = changed.iter().filter_map(|topic| self.follow.get(topic)).flatten();
        let mut all: Topics = follow.map(|table| Topic::table(table)).collect();
        all.extend(changed.iter().cloned());
        all
    }

    /// The tables that change when rows go from a table.
    pub(crate) fn after(&self, table: &str) -> impl Iterator<Item = &'static str> {
        self.follow.get(&Topic::removed(table)).into_iter().flatten().copied()
    }
}

fn after(table: &'static str, references: &[&Reference]) -> BTreeSet<&'static str> {
    let (mut gone, mut next) = (vec![table], 0);
    let mut changed = BTreeSet::new();
    while let Some(&table) = gone.get(next) {
        next += 1;
        for reference in references.iter().filter(|reference| reference.table.eq_ignore_ascii_case(table)) {
            changed.extend(reference.writes);
            let new: Vec<_> = reference.removes.iter().filter(|table| !gone.contains(table)).collect();
            gone.extend(new);
        }
    }
    changed
}

#[cfg(test)]
mod tests {
    use super::*;

    const PEOPLE: Slice = Slice::new("people").tables(&["People"]);
    const PETS: Slice = Slice::new("pets").tables(&["pets", "visits"]).references(&[Reference::new(
        "pets (owner)",
        "people",
        "people (id)",
    )
    .writes(&["pets", "visits"])
    .removes(&["pets"])]);
    const TOYS: Slice = Slice::new("toys").tables(&["toys"]).references(&[
        Reference::new("toys (pet)", "pets", "pets (id)").writes(&["toys"]).removes(&["toys"]),
        // Round and round: two slices must not refer to each other, and one by hand may all the same.
        Reference::new("toys (twin)", "toys", "toys (id)").writes(&["toys"]).removes(&["toys"]),
    ]);

    fn following(changed: &[Topic]) -> Vec<String> {
        let cascades = Cascades::of(&[&PEOPLE, &PETS, &TOYS]);
        let all = cascades.with(&changed.iter().cloned().collect());
        all.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn what_refers_to_rows_that_go_changes_too_one_behind_the_other() {
        assert_eq!(following(&[Topic::removed("People")]), ["People::removed", "pets", "toys", "visits"]);
        assert_eq!(following(&[Topic::removed("pets")]), ["pets::removed", "toys"]);
    }

    #[test]
    fn what_is_only_written_takes_nothing_with_it() {
        assert_eq!(following(&[Topic::table("People")]), ["People"]);
        assert_eq!(following(&[Topic::removed("visits")]), ["visits::removed"]);
    }
}
