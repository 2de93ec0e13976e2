//! Tables, each as a whole or by some keys of it: what was read, or what was changed.

use std::collections::BTreeSet;

use super::{Key, Topic};

/// More keys of a table than this are taken for the whole of it: one who touches so many is better off with one topic, and
/// what is kept must not grow with what is written.
const MOST: usize = 1_000;

/// Tables, each as a whole or by some keys of it. They are few, so they are in a list, in the order of their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts(Vec<(&'static str, Part)>);

/// What of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Whole,
    Keys(BTreeSet<Key>),
}

impl Parts {
    /// Adds a table, whatever is in it.
    pub fn whole(&mut self, table: &'static str) {
        *self.part(table) = Part::Whole;
    }

    /// Adds the rows of a table that have one key.
    pub fn key(&mut self, table: &'static str, key: Key) {
        let part = self.part(table);
        if let Part::Keys(keys) = part {
            keys.insert(key);
            if keys.len() > MOST {
                *part = Part::Whole;
            }
        }
    }

    fn part(&mut self, table: &'static str) -> &mut Part {
        let at = self.0.binary_search_by_key(&table, |(table, _)| table).unwrap_or_else(|at| {
            self.0.insert(at, (table, Part::Keys(BTreeSet::new())));
            at
        });
        &mut self.0[at].1
    }

    /// Adds all that is in another.
    pub fn append(&mut self, other: Self) {
        if self.is_empty() {
            *self = other;
            return;
        }
        for (table, part) in other.0 {
            match part {
                Part::Whole => self.whole(table),
                Part::Keys(keys) => keys.into_iter().for_each(|key| self.key(table, key)),
            }
        }
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The tables, in the order of their names.
    pub(crate) fn into_tables(self) -> impl Iterator<Item = (&'static str, Part)> {
        self.0.into_iter()
    }

    /// The topics that name all this.
    pub fn topics(self) -> impl Iterator<Item = Topic> {
        self.into_tables().flat_map(|(table, part)| {
            let (whole, keys) = match part {
                Part::Whole => (Some(Topic::table(table)), BTreeSet::new()),
                Part::Keys(keys) => (None, keys),
            };
            whole.into_iter().chain(keys.into_iter().map(move |key| Topic::keyed(table, key)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(parts: Parts) -> Vec<String> {
        parts.topics().map(|topic| topic.to_string()).collect()
    }

    #[test]
    fn the_whole_table_takes_in_its_keys() {
        let mut parts = Parts::default();
        parts.key("cards", Key::integer(7));
        parts.key("notes", Key::integer(1));
        parts.whole("cards");
        parts.key("cards", Key::integer(8));
        assert_eq!(topics(parts), ["cards", "notes::=1"]);
    }

    #[test]
    fn very_many_keys_are_the_whole_table() {
        let mut parts = Parts::default();
        for key in 0..1_000 {
            parts.key("cards", Key::integer(key));
        }
        assert_eq!(parts.clone().topics().count(), 1_000);
        let mut more = Parts::default();
        more.key("cards", Key::integer(1_000));
        parts.append(more);
        assert_eq!(topics(parts), ["cards"]);
    }
}
