//! A tab: what it shows, and its stream, which it reads when it was woken and never else.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use http_body::Body as _;
use orion::Viewer;
use orion::live::{Coding, Embed, Hub, Stream};

use crate::decoders::{self, Decoder};

pub(crate) struct Tab {
    pub(crate) viewer: Viewer,
    pub(crate) regions: Vec<Embed>,
    /// The markup of each region's element, by its id.
    pub(crate) screen: BTreeMap<String, String>,
    /// When that was true.
    pub(crate) seen: BTreeMap<String, Seen>,
    coding: Coding,
    connection: Option<Connection>,
    bell: Arc<Bell>,
}

/// An element that is shown was true after this commit, at the earliest.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) commit: usize,
    /// Whether the stream that is open brought it.
    pub(crate) live: bool,
}

struct Connection {
    stream: Stream,
    /// `None` where nothing is compressed.
    decoder: Option<Box<dyn Decoder>>,
}

struct Bell {
    rung: AtomicBool,
    /// How many times it will ring before it does not, once.
    until_lost: AtomicUsize,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        if self.until_lost.fetch_sub(1, Ordering::Relaxed) != 0 {
            self.rung.store(true, Ordering::Relaxed);
        }
    }
}

impl Tab {
    /// A page as it was painted when this commit was the last. Its stream is not open yet.
    pub(crate) fn new(
        viewer: Viewer,
        regions: Vec<Embed>,
        (screen, commit): (BTreeMap<String, String>, usize),
        coding: Coding,
        lost: Option<usize>,
    ) -> Self {
        let seen = screen.keys().map(|id| (id.clone(), Seen { commit, live: false })).collect();
        let until_lost = AtomicUsize::new(lost.unwrap_or(usize::MAX));
        let bell = Arc::new(Bell { rung: AtomicBool::new(false), until_lost });
        Self { viewer, regions, screen, seen, coding, connection: None, bell }
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.connection.is_some()
    }

    pub(crate) fn is_woken(&self) -> bool {
        self.is_connected() && self.bell.rung.load(Ordering::Relaxed)
    }

    pub(crate) fn connect(&mut self, hub: &Hub) {
        self.seen.values_mut().for_each(|seen| seen.live = false);
        let stream = hub.open(&self.viewer, &self.regions, self.coding).expect("it is let in");
        let decoder = match self.coding {
            Coding::Identity => None,
            Coding::Gzip => decoders::gzip().into_iter().next(),
            Coding::Br => decoders::br().into_iter().next(),
        };
        self.connection = Some(Connection { stream, decoder });
        // Whoever is given a body reads it.
        self.bell.rung.store(true, Ordering::Relaxed);
    }

    /// A stream may begin with something older than what was painted, where its hub does not know better yet.
    pub(crate) fn may_begin_with_older(&mut self) {
        self.seen.retain(|_, seen| seen.live);
    }

    pub(crate) fn disconnect(&mut self) {
        self.connection = None;
    }

    /// Reads one event, if there is one. Returns the id of the element that it brought, and its markup.
    pub(crate) fn read(&mut self) -> Option<(String, String)> {
        let Connection { stream, decoder } = self.connection.as_mut()?;
        self.bell.rung.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&self.bell));
        match Pin::new(stream).poll_frame(&mut Context::from_waker(&waker)) {
            Poll::Pending => None,
            Poll::Ready(None) => {
                if let Some(decoder) = decoder {
                    decoder.end();
                }
                self.connection = None;
                None
            }
            Poll::Ready(Some(Ok(frame))) => {
                self.bell.rung.store(true, Ordering::Relaxed);
                let piece = frame.into_data().expect("a stream has no trailers");
                let event = decoder.as_mut().map_or_else(|| piece.to_vec(), |decoder| decoder.decode(&piece));
                self.apply(&String::from_utf8(event).expect("events are text"))
            }
        }
    }

    /// The hub ends its streams. Reads until this one has ended; `false` if it waits for more.
    pub(crate) fn reads_to_the_end(&mut self) -> bool {
        while self.is_woken() {
            self.read();
        }
        !self.is_connected()
    }

    fn apply(&mut self, event: &str) -> Option<(String, String)> {
        let (_, markup) = event.split_once("data: elements ")?;
        let markup = markup.trim_end().to_owned();
        let id = markup.split('"').nth(1).expect("an element has an id").to_owned();
        assert!(self.screen.contains_key(&id), "nobody asked for {id}");
        self.screen.insert(id.clone(), markup.clone());
        Some((id, markup))
    }
}
