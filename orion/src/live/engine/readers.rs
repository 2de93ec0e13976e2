//! Which cells read a topic, so that a change costs what it touches.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::CellId;
use crate::topic::{Topic, Topics};

#[derive(Default)]
pub(super) struct Readers(BTreeMap<Topic, BTreeSet<CellId>>);

impl Readers {
    /// The cell read `old` until now and reads `new` from now on.
    pub(super) fn replace(&mut self, cell: CellId, old: &Topics, new: &Topics) {
        for topic in old.difference(new) {
            if let Some(cells) = self.0.get_mut(topic) {
                cells.remove(&cell);
                if cells.is_empty() {
                    self.0.remove(topic);
                }
            }
        }
        for topic in new.difference(old) {
            self.0.entry(topic.clone()).or_default().insert(cell);
        }
    }

    /// The cells that read something of these topics: of a key also those that read its whole table, of a table also those
    /// that read a key of it.
    pub(super) fn of(&self, topics: &Topics) -> BTreeSet<CellId> {
        let mut found = BTreeSet::new();
        for topic in topics {
            let whole = topic.whole().and_then(|table| self.0.get(table));
            found.extend(self.0.get(topic).into_iter().chain(whole).flatten());
            let prefix = topic.keys();
            let keys = self.0.range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded));
            let keys = keys.take_while(|(topic, _)| topic.as_str().starts_with(&prefix));
            found.extend(keys.flat_map(|(_, cells)| cells));
        }
        found
    }
}
