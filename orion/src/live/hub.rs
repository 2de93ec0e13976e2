//! The hub: drives the engine. Hears the bus, renders on the store's readers, wakes streams, and owns the clock.
//!
//! The engine is behind one lock that is held for bookkeeping only: nothing is rendered, encoded or sent under it.

mod clock;
mod members;
mod options;
mod overdue;
mod renders;

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use bytes::Bytes;

pub(super) use self::members::Mailbox;
pub use self::options::Options;

use self::clock::Clock;
use self::members::Members;
use self::overdue::{Overdue, Rendering};
use crate::bus::{Bus, Heard};
use crate::client::Counted;
use crate::decl::Page;
use crate::error::{Error, Result};
use crate::live::coding::{Event, Histories};
use crate::live::engine::{Engine, StreamId};
use crate::live::paint::{MOST_REGIONS, Painted, paint};
use crate::live::render::Renderer;
use crate::live::stats::{Sent, Stats};
use crate::live::stream::Stream;
use crate::live::{Coding, Easel, Embed, Oracle, Visit, frame};
use crate::store::{Db, Store};
use crate::viewer::{Present, Viewer};

/// What keeps all open pages right.
pub struct Hub {
    me: Weak<Self>,
    store: Arc<dyn Store>,
    options: Options,
    clock: Clock,
    overdue: Arc<Overdue>,
    closing: AtomicBool,
    /// In development only.
    oracle: Option<Oracle>,
    histories: Histories,
    sent: Sent,
    state: Mutex<State>,
}

struct State {
    engine: Engine,
    members: Members,
    /// How many renders were given to the store and have not ended.
    under_way: usize,
    /// Whether some thread is giving renders to the store.
    giving: bool,
    /// When the hub will look for renders that are due, if it has nothing to do until then.
    alarm: Option<u64>,
}

impl Hub {
    /// A hub that reads from `store` and hears `bus`.
    ///
    /// # Panics
    /// Outside of a tokio runtime with time: the hub's clock is the runtime's.
    pub fn new(store: Arc<dyn Store>, bus: &dyn Bus, options: Options) -> Arc<Self> {
        let histories = Histories::new(frame::ping(), options.kept);
        let window = options.window.as_millis().try_into().unwrap_or(u64::MAX);
        let state = State {
            engine: Engine::new(window),
            members: Members::default(),
            under_way: 0,
            giving: false,
            alarm: None,
        };
        let clock = Clock::start();
        let hub = Arc::new_cyclic(|me| Self {
            me: me.clone(),
            store,
            oracle: options.development.then(Oracle::default),
            overdue: Overdue::after(options.overdue, clock.clone()),
            options,
            clock,
            closing: AtomicBool::new(false),
            histories,
            sent: Sent::default(),
            state: Mutex::new(state),
        });
        // The bus outlives the hub: it must not keep it alive.
        let hears = Weak::clone(&hub.me);
        bus.subscribe(Box::new(move |heard| {
            if let Some(hub) = hears.upgrade() {
                hub.hear(heard);
            }
        }));
        hub
    }

    /// Paints a page for a visit: call it on one of the store's readers.
    pub fn paint(&self, page: &Page, visit: &Visit<'_>) -> Result<Painted> {
        let _watched = self.overdue.watch(Rendering::page(page));
        let present = |embed: &Embed| self.present(embed);
        paint(
            page,
            visit,
            &Easel { present: &present, development: self.options.development, oracle: self.oracle() },
        )
    }

    /// Renders one region for a viewer, as its page and its stream show it: call it on one of the store's readers.
    pub fn render(&self, embed: &Embed, db: &Db, viewer: &Viewer) -> Result<String> {
        let present = self.present(embed);
        Renderer { db, viewer: Some(viewer), present: &present, oracle: self.oracle() }.render(embed).html
    }

    /// Opens a stream on these regions, which are those of a reference that was verified.
    ///
    /// # Errors
    /// With status 503 if there are too many streams, or the server is shutting down; 400 for more regions than a page
    /// may have.
    pub fn open(&self, viewer: &Viewer, regions: &[Embed], coding: Coding) -> Result<Stream> {
        self.open_to(None, viewer, regions, coding)
    }

    /// As [`open`](Self::open), to a client that is known.
    pub(crate) fn open_to(
        &self,
        client: Option<Counted>,
        viewer: &Viewer,
        regions: &[Embed],
        coding: Coding,
    ) -> Result<Stream> {
        if regions.len() > MOST_REGIONS {
            return Err(Error::refused(400, format!("A stream carries at most {MOST_REGIONS} regions.")));
        }
        let (id, mailbox) = self.admit(client, viewer, regions).inspect_err(|error| {
            tracing::warn!(?viewer, %error, "a stream was not let in");
        })?;
        self.give();
        Ok(Stream::new(
            self.me.upgrade().ok_or_else(|| Error::internal("the hub is gone"))?,
            (id, mailbox),
            coding,
            regions.len(),
        ))
    }

    /// Sends an event to all streams of one viewer, next to what they carry. Returns how many will send it: a stream that
    /// does not get rid of what it was told takes no more.
    pub fn tell(&self, viewer: &Viewer, event: &Bytes) -> usize {
        let mailboxes = self.lock().members.mailboxes_of(viewer);
        mailboxes.iter().filter(|mailbox| mailbox.put(event)).count()
    }

    /// Who looks at a region, each viewer once.
    pub fn present(&self, embed: &Embed) -> Present {
        self.lock().engine.present(embed)
    }

    /// How many streams are open.
    pub fn streams(&self) -> usize {
        self.lock().members.len()
    }

    /// How many cells are looked at.
    pub fn cells(&self) -> usize {
        self.lock().engine.cells()
    }

    /// What was done since the hub began, and who looks now.
    pub fn stats(&self) -> Stats {
        let written = self.store.written();
        let uptime = Duration::from_millis(self.clock.now());
        let state = self.lock();
        Stats {
            uptime,
            viewers: state.members.viewers(),
            streams: state.members.len(),
            cells: state.engine.cells(),
            overdue: self.overdue.count(),
            renders: state.engine.renders(),
            frames: state.engine.frames(),
            sent: self.sent.frames(),
            bytes: self.sent.bytes(),
            commits: written.commits,
            writes: written.writes,
        }
    }

    /// Ends all streams, cleanly and soon, and lets no more in: pages come back to whoever serves next.
    pub fn shut_down(&self) {
        let mailboxes = {
            let state = self.lock();
            self.closing.store(true, Ordering::Release);
            state.members.mailboxes()
        };
        for mailbox in mailboxes {
            mailbox.wake();
        }
    }

    fn admit(
        &self,
        client: Option<Counted>,
        viewer: &Viewer,
        regions: &[Embed],
    ) -> Result<(StreamId, Arc<Mailbox>)> {
        let mut state = self.lock();
        // Under the lock: `shut_down` wakes those who are members by then.
        if self.is_closing() {
            return Err(Error::refused(503, "The server is shutting down."));
        }
        if state.members.len() >= self.options.streams {
            return Err(Error::refused(503, "Too many pages are open. Try again later."));
        }
        if state.members.of(viewer) >= self.options.streams_per_viewer {
            return Err(Error::refused(503, "You have too many pages open. Close some of them."));
        }
        if client.is_some_and(|client| state.members.at(client) >= self.options.streams_per_client) {
            return Err(Error::refused(
                503,
                "Too many pages are open from your address. Close some of them.",
            ));
        }
        let id = state.engine.open(viewer, regions);
        Ok((id, state.members.join(id, viewer, client)))
    }

    fn hear(&self, heard: Heard<'_>) {
        {
            let mut state = self.lock();
            match heard {
                Heard::Changed(topics) => state.engine.changed(topics),
                Heard::Gap => state.engine.gap(),
            }
        }
        self.give();
    }

    /// Looks at what is rendered, in development.
    pub(crate) fn oracle(&self) -> Option<&Oracle> {
        self.oracle.as_ref()
    }

    pub(super) fn options(&self) -> &Options {
        &self.options
    }

    pub(super) fn histories(&self) -> &Histories {
        &self.histories
    }

    pub(super) fn sent(&self) -> &Sent {
        &self.sent
    }

    pub(super) fn is_closing(&self) -> bool {
        self.closing.load(Ordering::Acquire)
    }

    /// The next event for a stream: a frame that it lacks, or in development what fails on its page.
    pub(super) fn take(&self, stream: StreamId) -> Option<Event> {
        let mut state = self.lock();
        if let Some(frame) = state.engine.take(stream) {
            return Some(Event::Frame(frame));
        }
        if !self.options.development {
            return None;
        }
        let problems = state.engine.take_problems(stream)?;
        drop(state);
        Some(Event::Private(frame::overlay(&problems)))
    }

    pub(super) fn close(&self, stream: StreamId) {
        {
            let mut state = self.lock();
            state.engine.close(stream);
            state.members.leave(stream);
        }
        // Somebody is not present any more.
        self.give();
    }

    /// The engine has no state that a panic could leave half-written and that matters more than going on.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Hub {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.lock();
        write!(f, "Hub({} streams, {} cells)", state.members.len(), state.engine.cells())
    }
}

#[cfg(test)]
mod tests;
