//! Which cells read a topic, so that a change costs what it touches.

use std::collections::{BTreeMap, BTreeSet};

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

    /// The cells that read one of these topics.
    pub(super) fn of(&self, topics: &Topics) -> BTreeSet<CellId> {
        topics.iter().filter_map(|topic| self.0.get(topic)).flatten().copied().collect()
    }
}
