//! The cells to be rendered, in the order of their turns: first due, first served.

use std::collections::BTreeMap;

use super::CellId;

/// A place in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Turn {
    due: u64,
    order: u64,
}

#[derive(Default)]
pub(super) struct Queue {
    turns: BTreeMap<Turn, CellId>,
    order: u64,
    /// The latest time that anybody spoke of. Nothing is due earlier, so that a cell that was idle for long does not
    /// overtake those that wait already.
    now: u64,
}

impl Queue {
    /// Queues a cell that is not in the queue.
    pub(super) fn push(&mut self, cell: CellId, not_before: u64) -> Turn {
        self.order += 1;
        let turn = Turn { due: not_before.max(self.now), order: self.order };
        self.turns.insert(turn, cell);
        turn
    }

    /// Moves a turn forward if it could be earlier: it was put off, and now there is a reason not to.
    pub(super) fn no_later(&mut self, turn: Turn, not_before: u64) -> Turn {
        if not_before.max(self.now) >= turn.due {
            return turn;
        }
        match self.turns.remove(&turn) {
            Some(cell) => self.push(cell, not_before),
            None => turn,
        }
    }

    pub(super) fn remove(&mut self, turn: Turn) {
        self.turns.remove(&turn);
    }

    /// The next cell whose time has come.
    pub(super) fn pop(&mut self, now: u64) -> Option<CellId> {
        self.now = self.now.max(now);
        let first = self.turns.first_entry()?;
        (first.key().due <= self.now).then(|| first.remove())
    }

    /// When the next cell is due.
    pub(super) fn due(&self) -> Option<u64> {
        self.turns.first_key_value().map(|(turn, _)| turn.due)
    }
}
