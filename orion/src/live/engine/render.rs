//! Renders, as the engine sees them: they begin, and they end with a frame or a problem.

use bytes::Bytes;

use super::cell::{Arrived, Cell, State};
use super::{CellId, Engine, StreamId, Subject};
use crate::live::Frame;
use crate::topic::Topics;
use crate::viewer::Present;

/// A failed render is tried again after this many milliseconds, then after twice as many, and so on …
const FIRST_RETRY: u64 = 1_000;
/// … but at least this often.
const LAST_RETRY: u64 = 60_000;

/// Something to render.
#[derive(Debug)]
pub struct Job {
    /// Whose render it is: to be given back with the [`Outcome`].
    pub cell: CellId,
    /// What to render.
    pub subject: Subject,
    /// Who looks at it; empty unless the region asks for it.
    pub present: Present,
}

/// How a render ended.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The frame, or in words why there is none.
    pub result: Result<Bytes, String>,
    /// What was read until then, and the topics that the region declares.
    pub reads: Topics,
}

impl Engine {
    /// The next cell to render. What is read for it must be read after this call.
    pub fn next(&mut self, now: u64) -> Option<Job> {
        let id = self.queue.pop(now)?;
        let cell = self.cells.get_mut(&id)?;
        cell.state = State::Rendering(Arrived::default());
        cell.begun += 1;
        cell.not_before = now.saturating_add(cell.window(self.window));
        self.rendering.insert(id);
        let subject = cell.subject.clone();
        let embed = subject.embed();
        let present = if embed.region.present { self.present(embed) } else { Present::default() };
        Some(Job { cell: id, subject, present })
    }

    /// When [`next`](Self::next) has something; a time that has passed means at once.
    pub fn due(&self) -> Option<u64> {
        self.queue.due()
    }

    /// A render ended. Returns the streams for which there is something new.
    ///
    /// A failed render keeps the last good frame and whatever the cell was subscribed to; it is repeated after a change,
    /// and after some time in any case: its cause may have been one that announces nothing.
    pub fn rendered(&mut self, id: CellId, outcome: Outcome, now: u64) -> Vec<StreamId> {
        let Some(cell) = self.cells.get_mut(&id) else { return Vec::new() };
        let State::Rendering(arrived) = std::mem::replace(&mut cell.state, State::Idle) else {
            return Vec::new();
        };
        self.rendering.remove(&id);
        self.renders += 1;
        cell.ended = cell.begun;

        let mut reads = outcome.reads;
        let again = arrived.touches(&cell.reads) || arrived.touches(&reads);
        if outcome.result.is_err() {
            reads.extend(cell.reads.iter().cloned());
        }
        self.readers.replace(id, &cell.reads, &reads);
        cell.reads = reads;

        let before = cell.version;
        let problem_changed = cell.settle(id, outcome.result);
        self.frames += cell.version - before;
        if problem_changed {
            self.last += 1;
            cell.problem_changed = self.last;
        }
        if again {
            cell.mark(id, &mut self.queue);
        } else if cell.problem.is_some() {
            let pause =
                FIRST_RETRY.saturating_mul(1 << cell.failures.saturating_sub(1).min(16)).min(LAST_RETRY);
            cell.state = State::Queued(self.queue.push(id, now.saturating_add(pause)));
        }
        cell.watchers
            .iter()
            .filter(|(_, seat)| problem_changed || cell.is_news_to(seat))
            .map(|(&stream, _)| stream)
            .collect()
    }
}

impl Cell {
    /// The shortest time between the beginnings of two renders, if the region says nothing else.
    fn window(&self, usual: u64) -> u64 {
        let every = self.subject.embed().region.every;
        every.map_or(usual, |every| every.as_millis().try_into().unwrap_or(u64::MAX))
    }

    /// Keeps a result; says whether the problem is another than before.
    fn settle(&mut self, id: CellId, result: Result<Bytes, String>) -> bool {
        match result {
            Ok(bytes) => {
                let frame = self.frame.as_deref();
                if frame.is_none_or(|frame| *frame.bytes() != bytes) {
                    self.frame = Some(Frame::new(id, self.subject.viewer().is_some(), bytes, frame));
                    self.version += 1;
                }
                self.failures = 0;
                self.problem.take().is_some()
            }
            Err(problem) => {
                self.failures = self.failures.saturating_add(1);
                let new = self.problem.as_deref() != Some(problem.as_str());
                self.problem = Some(problem.into());
                new
            }
        }
    }
}
