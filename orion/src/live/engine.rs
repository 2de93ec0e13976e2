//! The engine: which cells are looked at, which of them must be rendered, and what each stream still lacks.
//!
//! A pure state machine. It knows no thread, socket, clock, bus or store: whoever drives it tells it what happened,
//! asks for the [`Job`]s to render and hands their [`Outcome`]s back. Time is a number of milliseconds that never runs
//! backwards. The same calls in the same order always have the same effects.
//!
//! *Invariant:* a change that arrives at any moment after a cell's render began leads to a later render of that cell,
//! if the cell read what changed. *Invariant:* renders of one cell never overlap. *Invariant:* what is kept for a stream
//! does not grow with the number of changes.

mod cell;
mod presence;
mod queue;
mod readers;
mod render;
mod subject;
mod take;

use std::collections::{BTreeMap, BTreeSet};

pub use self::render::{Job, Outcome};
pub use self::subject::Subject;
pub use self::take::Problem;

use self::cell::{Cell, State};
use self::queue::Queue;
use self::readers::Readers;
use self::take::Stream;
use crate::live::Embed;
use crate::topic::Topics;
use crate::viewer::Viewer;

/// A cell for as long as somebody looks at it. Never used again afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CellId(u64);

#[cfg(test)]
impl CellId {
    /// Some cell, for tests of what cells are only names in.
    pub(in crate::live) const fn numbered(number: u64) -> Self {
        Self(number)
    }
}

/// An open stream. Never used again after it was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StreamId(u64);

/// The state of the live engine.
///
/// ```
/// use orion::decl::Region;
/// use orion::live::engine::{Engine, Outcome};
/// use orion::live::{Args, Embed};
/// use orion::{Topic, Topics, Viewer};
///
/// const CLOCK: Region = Region::new("todos", "clock", |_| unreachable!("the engine renders nothing itself"));
///
/// let mut engine = Engine::new(16);
/// let tab = engine.open(&Viewer::with_id("ada"), &[Embed::new(&CLOCK, Args::none())]);
/// let job = engine.next(0).unwrap();
/// let reads = Topics::from([Topic::table("ticks")]);
/// engine.rendered(job.cell, Outcome { result: Ok("tick".into()), reads: reads.clone() }, 1);
/// assert_eq!(engine.take(tab).unwrap().bytes(), "tick");
///
/// engine.changed(&reads);
/// assert!(engine.next(15).is_none(), "further changes within the window become one frame");
/// assert!(engine.next(16).is_some());
/// ```
pub struct Engine {
    /// The shortest time between the beginnings of two renders of one cell whose region says nothing else.
    window: u64,
    cells: BTreeMap<CellId, Cell>,
    names: BTreeMap<Subject, CellId>,
    streams: BTreeMap<StreamId, Stream>,
    readers: Readers,
    queue: Queue,
    rendering: BTreeSet<CellId>,
    /// The last number that was given to a cell, a stream or a problem.
    last: u64,
    renders: u64,
    frames: u64,
}

impl Engine {
    /// An engine that begins a render of the same cell at most every `window` milliseconds, or as often as its region's
    /// [`every`](crate::decl::Region::every) says.
    pub fn new(window: u64) -> Self {
        Self {
            window,
            cells: BTreeMap::new(),
            names: BTreeMap::new(),
            streams: BTreeMap::new(),
            readers: Readers::default(),
            queue: Queue::default(),
            rendering: BTreeSet::new(),
            last: 0,
            renders: 0,
            frames: 0,
        }
    }

    /// Opens a stream of `viewer` on these regions; one that is named twice counts once.
    pub fn open(&mut self, viewer: &Viewer, regions: &[Embed]) -> StreamId {
        let stream = StreamId(self.number());
        let mut cells = Vec::with_capacity(regions.len());
        for region in regions {
            let cell = self.cell(Subject::new(region, viewer));
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        for &cell in &cells {
            self.look(stream, cell);
        }
        self.streams.insert(stream, Stream::new(viewer.clone(), cells));
        stream
    }

    /// Closes a stream. A cell that nobody looks at any more is gone, and with it the result of its render.
    pub fn close(&mut self, stream: StreamId) {
        let Some(closed) = self.streams.remove(&stream) else { return };
        for id in closed.cells {
            let Some(cell) = self.cells.get_mut(&id) else { continue };
            cell.watchers.remove(&stream);
            let subject = cell.subject.clone();
            if cell.watchers.is_empty() {
                self.forget(id);
            }
            self.membership_changed(&subject);
        }
    }

    /// These topics changed.
    pub fn changed(&mut self, topics: &Topics) {
        for id in &self.rendering {
            if let Some(State::Rendering(arrived)) = self.cells.get_mut(id).map(|cell| &mut cell.state) {
                arrived.add(topics);
            }
        }
        for id in self.readers.of(topics) {
            if let Some(cell) = self.cells.get_mut(&id)
                && !cell.is_rendering()
            {
                cell.mark(id, &mut self.queue);
            }
        }
    }

    /// Something may have been missed: everything may have changed.
    pub fn gap(&mut self) {
        for (&id, cell) in &mut self.cells {
            cell.mark(id, &mut self.queue);
        }
    }

    /// How many cells are looked at.
    pub fn cells(&self) -> usize {
        self.cells.len()
    }

    /// How many streams are open.
    pub fn streams(&self) -> usize {
        self.streams.len()
    }

    /// How many renders have ended.
    pub fn renders(&self) -> u64 {
        self.renders
    }

    /// How many of them gave a frame that is another than the one before.
    pub fn frames(&self) -> u64 {
        self.frames
    }

    /// The cell that shows `subject`; a new one has everything to do.
    fn cell(&mut self, subject: Subject) -> CellId {
        if let Some(&id) = self.names.get(&subject) {
            return id;
        }
        let id = CellId(self.number());
        let mut cell = Cell::new(subject.clone());
        cell.mark(id, &mut self.queue);
        self.names.insert(subject, id);
        self.cells.insert(id, cell);
        id
    }

    /// Lets a stream look at a cell.
    fn look(&mut self, stream: StreamId, id: CellId) {
        let Some(subject) = self.cells.get(&id).map(|cell| cell.subject.clone()) else { return };
        self.membership_changed(&subject);
        let Some(cell) = self.cells.get_mut(&id) else { return };
        if cell.problem.is_some() {
            // Somebody new looks: do not let them wait for the next attempt.
            cell.mark(id, &mut self.queue);
        }
        cell.watch(stream);
    }

    fn forget(&mut self, id: CellId) {
        let Some(cell) = self.cells.remove(&id) else { return };
        self.names.remove(&cell.subject);
        self.readers.replace(id, &cell.reads, &Topics::new());
        match cell.state {
            State::Idle => {}
            State::Queued(turn) => self.queue.remove(turn),
            State::Rendering(_) => {
                self.rendering.remove(&id);
            }
        }
    }

    fn number(&mut self) -> u64 {
        self.last += 1;
        self.last
    }
}

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;
