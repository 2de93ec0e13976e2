//! What a statement did: how many rows it changed, and in which keys of which tables, as far as its connection watched.

use std::sync::Arc;

use crate::topic::Parts;

/// What a statement did.
#[derive(Debug, Default)]
pub struct Ran {
    /// How many rows it changed.
    pub changes: u64,
    /// Which rows those were.
    pub touched: Touched,
}

/// What a connection saw of the rows that a statement touched.
///
/// The default is that of a connection that does not watch: then each table that the statement is declared to write is
/// announced as a whole.
#[derive(Debug, Default)]
pub struct Touched {
    /// The tables of which it saw each row that was inserted, updated or deleted.
    pub watched: Arc<[&'static str]>,
    /// The keys of those rows, before and after: of watched tables, also where the statement is not declared to write them.
    pub parts: Parts,
}

impl Touched {
    /// What must be announced of a statement that is declared to write `tables`.
    pub(super) fn announced(self, tables: &[&'static str]) -> Parts {
        let mut parts = self.parts;
        for table in tables {
            if !self.watched.iter().any(|watched| watched.eq_ignore_ascii_case(table)) {
                parts.whole(table);
            }
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topic::{Key, Topic};

    fn announced(touched: Touched) -> Vec<Topic> {
        touched.announced(&["cards", "notes"]).topics().collect()
    }

    #[test]
    fn of_a_connection_that_does_not_watch_all_tables_are_announced() {
        assert_eq!(announced(Touched::default()), [Topic::table("cards"), Topic::table("notes")]);
    }

    #[test]
    fn of_a_table_that_is_watched_the_keys_are_announced_that_were_touched() {
        let mut touched = Touched { watched: Arc::new(["Cards", "tags"]), ..Touched::default() };
        assert_eq!(touched.parts, Parts::default());
        touched.parts.key("cards", Key::integer(7));
        touched.parts.key("tags", Key::integer(1));
        let expected = [
            Topic::keyed("cards", Key::integer(7)),
            Topic::table("notes"),
            Topic::keyed("tags", Key::integer(1)),
        ];
        assert_eq!(announced(touched), expected);
    }

    #[test]
    fn where_no_row_was_touched_nothing_is_announced() {
        let touched = Touched { watched: Arc::new(["cards", "notes"]), ..Touched::default() };
        assert_eq!(announced(touched), []);
    }
}
