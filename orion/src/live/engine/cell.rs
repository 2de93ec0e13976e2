//! A cell: something that is looked at, the newest frame of it, and what each of its streams has of that.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::queue::{Queue, Turn};
use super::subject::Subject;
use super::{CellId, StreamId};
use crate::live::Frame;
use crate::topic::Topics;

/// More topics than this during one render are taken for "everything": a render that hangs must not collect for ever. What a
/// few groups of writes announce, each with a key of its own, is not so many.
const MOST_ARRIVED: usize = 10_000;

pub(super) struct Cell {
    pub(super) subject: Subject,
    pub(super) state: State,
    /// What the cell is rendered again for.
    pub(super) reads: Topics,
    /// The last good frame.
    pub(super) frame: Option<Arc<Frame>>,
    /// Counts the frames; 0 while there is none.
    pub(super) version: u64,
    /// Why the last render failed.
    pub(super) problem: Option<Arc<str>>,
    /// When, in the engine's numbers, `problem` last became another; 0 if it never was one.
    pub(super) problem_changed: u64,
    /// How many renders have begun.
    pub(super) begun: u64,
    /// How many renders have ended: `begun`, or one less while one is under way.
    pub(super) ended: u64,
    /// Before this time no render begins.
    pub(super) not_before: u64,
    /// How many renders in a row have failed.
    pub(super) failures: u32,
    pub(super) watchers: BTreeMap<StreamId, Seat>,
}

pub(super) enum State {
    /// The frame is the present truth, as far as anybody knows.
    Idle,
    /// To be rendered.
    Queued(Turn),
    /// Being rendered; what changes meanwhile is collected, because what is read is known at the end only.
    Rendering(Arrived),
}

/// What changed during a render.
#[derive(Default)]
pub(super) struct Arrived {
    topics: Topics,
    everything: bool,
}

impl Arrived {
    pub(super) fn add(&mut self, topics: &Topics) {
        if self.everything {
            return;
        }
        self.topics.extend(topics.iter().cloned());
        if self.topics.len() > MOST_ARRIVED {
            self.everything();
        }
    }

    fn everything(&mut self) {
        self.everything = true;
        self.topics.clear();
    }

    fn is_empty(&self) -> bool {
        !self.everything && self.topics.is_empty()
    }

    /// Whether something that was read has changed.
    pub(super) fn touches(&self, reads: &Topics) -> bool {
        self.everything || self.topics.iter().any(|topic| topic.touches(reads))
    }
}

/// What one stream has of the cell.
pub(super) struct Seat {
    /// The version that it took last; 0 for none.
    has: u64,
    /// A stream with no frame yet waits until this many renders have ended, or the cell is idle. What it shows is the
    /// page's first paint, and that may be newer than a frame whose successor is under way.
    wait: u64,
}

impl Cell {
    pub(super) fn new(subject: Subject) -> Self {
        Self {
            subject,
            state: State::Idle,
            reads: Topics::new(),
            frame: None,
            version: 0,
            problem: None,
            problem_changed: 0,
            begun: 0,
            ended: 0,
            not_before: 0,
            failures: 0,
            watchers: BTreeMap::new(),
        }
    }

    pub(super) fn is_rendering(&self) -> bool {
        matches!(self.state, State::Rendering(_))
    }

    /// Sees to it that a render begins after this moment.
    pub(super) fn mark(&mut self, id: CellId, queue: &mut Queue) {
        match &mut self.state {
            State::Idle => self.state = State::Queued(queue.push(id, self.not_before)),
            State::Queued(turn) => *turn = queue.no_later(*turn, self.not_before),
            State::Rendering(arrived) => arrived.everything(),
        }
    }

    pub(super) fn watch(&mut self, stream: StreamId) {
        let wait = match &self.state {
            State::Idle => 0,
            State::Rendering(arrived) if arrived.is_empty() => self.begun,
            State::Rendering(_) | State::Queued(_) => self.begun + 1,
        };
        self.watchers.insert(stream, Seat { has: 0, wait });
    }

    /// Whether there is a frame for the stream in this seat.
    pub(super) fn is_news_to(&self, seat: &Seat) -> bool {
        let settled = matches!(self.state, State::Idle) || self.ended >= seat.wait;
        self.version > seat.has && settled
    }

    /// The newest frame, if the stream lacks it.
    pub(super) fn take(&mut self, stream: StreamId) -> Option<Arc<Frame>> {
        let seat = self.watchers.get(&stream)?;
        if !self.is_news_to(seat) {
            return None;
        }
        self.watchers.insert(stream, Seat { has: self.version, wait: 0 });
        self.frame.clone()
    }
}
