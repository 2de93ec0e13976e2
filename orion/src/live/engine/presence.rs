//! Presence: who looks at the same region with the same arguments.

use std::collections::BTreeSet;

use super::{CellId, Engine, Subject};
use crate::live::Embed;
use crate::viewer::{Present, Viewer};

impl Engine {
    /// Who looks at the region with these arguments, each viewer once. A personal region is looked at by all those for
    /// whom it is rendered.
    pub fn present(&self, embed: &Embed) -> Present {
        let viewers: BTreeSet<&Viewer> = self
            .place(embed)
            .filter_map(|id| self.cells.get(&id))
            .flat_map(|cell| cell.watchers.keys())
            .filter_map(|stream| self.streams.get(stream))
            .map(|stream| &stream.viewer)
            .collect();
        Present(viewers.into_iter().cloned().collect())
    }

    /// Marks the cells that show who looks at the same region with the same arguments.
    pub(super) fn membership_changed(&mut self, subject: &Subject) {
        if !subject.embed().region.present {
            return;
        }
        for id in self.place(subject.embed()).collect::<Vec<_>>() {
            if let Some(cell) = self.cells.get_mut(&id) {
                cell.mark(id, &mut self.queue);
            }
        }
    }

    /// The cells of a region with the same arguments: one if it is shared, one for each viewer if it is personal.
    fn place(&self, embed: &Embed) -> impl Iterator<Item = CellId> {
        let first = Subject::shared(embed);
        self.names
            .range(first.clone()..)
            .take_while(move |(subject, _)| subject.same_place(&first))
            .map(|(_, &id)| id)
    }
}
