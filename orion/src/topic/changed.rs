//! What a group of writes changed, gathered write by write.

use super::parts::Part;
use super::{Parts, Topic, Topics, condensed};

/// What a group of writes changed. Most of them change a table that one before them changed too, which costs a look and no more.
#[derive(Debug, Default)]
pub(crate) struct Changed {
    /// Tables, each once: they are few.
    whole: Vec<&'static str>,
    others: Topics,
}

impl Changed {
    /// Adds the tables that a write changed, and what else it announces.
    pub(crate) fn add(&mut self, wrote: Parts, mut others: Topics) {
        for (table, part) in wrote.into_tables() {
            match part {
                Part::Whole if self.whole.contains(&table) => {}
                Part::Whole => self.whole.push(table),
                Part::Keys(keys) => self.others.extend(keys.into_iter().map(|key| Topic::keyed(table, key))),
            }
        }
        self.others.append(&mut others);
    }

    /// All of it; where it is too much, tables in place of their keys.
    pub(crate) fn topics(self) -> Topics {
        let mut topics = self.others;
        topics.extend(self.whole.into_iter().map(Topic::table));
        condensed(topics)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topic::Key;

    #[test]
    fn tables_and_keys_of_several_writes_are_there_once() {
        let mut changed = Changed::default();
        for key in [7, 8, 7] {
            let mut wrote = Parts::default();
            wrote.whole("notes");
            wrote.key("cards", Key::integer(key));
            changed.add(wrote, Topics::from([Topic::table("said")]));
        }
        let expected = [
            Topic::keyed("cards", Key::integer(7)),
            Topic::keyed("cards", Key::integer(8)),
            Topic::table("notes"),
            Topic::table("said"),
        ];
        assert_eq!(changed.topics(), Topics::from(expected));
    }
}
