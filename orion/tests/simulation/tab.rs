//! A tab: what it shows, and its stream, which it reads when it was woken and never else.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use http_body::Body as _;
use orion::Viewer;
use orion::live::{Coding, Embed, Hub, Stream, element_id};

pub(crate) struct Tab {
    pub(crate) viewer: Viewer,
    pub(crate) regions: Vec<Embed>,
    /// The markup of each region's element, by its id.
    pub(crate) screen: BTreeMap<String, String>,
    stream: Option<Stream>,
    bell: Arc<Bell>,
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
    /// A page as it was painted. Its stream is not open yet.
    pub(crate) fn new(
        viewer: Viewer,
        regions: Vec<Embed>,
        screen: BTreeMap<String, String>,
        lost: Option<usize>,
    ) -> Self {
        let until_lost = AtomicUsize::new(lost.unwrap_or(usize::MAX));
        let bell = Arc::new(Bell { rung: AtomicBool::new(false), until_lost });
        Self { viewer, regions, screen, stream: None, bell }
    }

    pub(crate) fn is_connected(&self) -> bool {
        self.stream.is_some()
    }

    pub(crate) fn is_woken(&self) -> bool {
        self.is_connected() && self.bell.rung.load(Ordering::Relaxed)
    }

    pub(crate) fn connect(&mut self, hub: &Hub) {
        self.stream = Some(hub.open(&self.viewer, &self.regions, Coding::Identity).expect("it is let in"));
        // Whoever is given a body reads it.
        self.bell.rung.store(true, Ordering::Relaxed);
    }

    pub(crate) fn disconnect(&mut self) {
        self.stream = None;
    }

    /// Reads one event, if there is one. Returns the element that it brought.
    pub(crate) fn read(&mut self) -> Option<String> {
        let stream = self.stream.as_mut()?;
        self.bell.rung.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(&self.bell));
        match Pin::new(stream).poll_frame(&mut Context::from_waker(&waker)) {
            Poll::Pending => None,
            Poll::Ready(None) => {
                self.stream = None;
                None
            }
            Poll::Ready(Some(Ok(frame))) => {
                self.bell.rung.store(true, Ordering::Relaxed);
                let event = frame.into_data().expect("a stream has no trailers");
                self.apply(std::str::from_utf8(&event).expect("events are text"))
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

    fn apply(&mut self, event: &str) -> Option<String> {
        let (_, markup) = event.split_once("data: elements ")?;
        let markup = markup.trim_end();
        let id = markup.split('"').nth(1).expect("an element has an id");
        assert!(self.regions.iter().any(|embed| element_id(embed) == id), "nobody asked for {id}");
        self.screen.insert(id.to_owned(), markup.to_owned());
        Some(markup.to_owned())
    }
}
