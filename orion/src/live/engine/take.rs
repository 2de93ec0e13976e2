//! What streams take: the newest frame of each of their cells, one at a time, and the problems of their cells.

use std::sync::Arc;

use super::{CellId, Engine, StreamId, Subject};
use crate::live::Frame;
use crate::viewer::Viewer;

/// A region that could not be rendered.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What could not be rendered.
    pub subject: Subject,
    /// Why.
    pub text: Arc<str>,
}

pub(super) struct Stream {
    pub(super) viewer: Viewer,
    pub(super) cells: Vec<CellId>,
    /// Where to look first for something new: after the cell that was taken last, so that one that always has something
    /// new does not keep the others from their turn.
    next: usize,
    /// The last change of a problem that the stream was told; `None` before it was told any.
    told: Option<u64>,
}

impl Stream {
    pub(super) fn new(viewer: Viewer, cells: Vec<CellId>) -> Self {
        Self { viewer, cells, next: 0, told: None }
    }
}

impl Engine {
    /// A frame that the stream lacks, the newest of its cell. Nothing waits in between: a stream that takes slowly skips
    /// what was replaced meanwhile.
    pub fn take(&mut self, stream: StreamId) -> Option<Arc<Frame>> {
        let taker = self.streams.get_mut(&stream)?;
        let count = taker.cells.len();
        for at in (taker.next..count).chain(0..taker.next) {
            let frame = self.cells.get_mut(&taker.cells[at]).and_then(|cell| cell.take(stream));
            if frame.is_some() {
                taker.next = (at + 1) % count;
                return frame;
            }
        }
        None
    }

    /// The problems of the stream's cells, if they are others than when it last asked. The first time it always learns
    /// them: whoever reconnects may still show old ones.
    pub fn take_problems(&mut self, stream: StreamId) -> Option<Vec<Problem>> {
        let taker = self.streams.get_mut(&stream)?;
        let cells = || taker.cells.iter().filter_map(|id| self.cells.get(id));
        // Any change of a problem has a higher number than all changes before it.
        let last = cells().map(|cell| cell.problem_changed).max().unwrap_or(0);
        if taker.told == Some(last) {
            return None;
        }
        let problems = cells()
            .filter_map(|cell| Some(Problem { subject: cell.subject.clone(), text: cell.problem.clone()? }))
            .collect();
        taker.told = Some(last);
        Some(problems)
    }
}
