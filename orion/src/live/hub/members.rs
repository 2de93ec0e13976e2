//! Who is connected: the mailboxes of streams, by stream and by viewer.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Context;

use bytes::Bytes;
use futures_util::task::AtomicWaker;

use crate::client::Counted;
use crate::live::engine::StreamId;
use crate::viewer::Viewer;

/// How many events wait for one stream at most: only those that are told to a viewer wait, frames never do.
const MOST_LETTERS: usize = 16;

/// How a stream is woken, and what only it is told.
pub(in crate::live) struct Mailbox {
    waker: AtomicWaker,
    /// Whether there may be something: who was told so looks, and nobody else.
    news: AtomicBool,
    letters: Mutex<VecDeque<Bytes>>,
}

/// One of a stream that has not looked yet.
impl Default for Mailbox {
    fn default() -> Self {
        Self { waker: AtomicWaker::new(), news: AtomicBool::new(true), letters: Mutex::default() }
    }
}

impl Mailbox {
    /// The task in `cx` is woken by the next [`wake`](Self::wake). To be called before looking for something new.
    pub(in crate::live) fn wait(&self, cx: &Context<'_>) {
        self.waker.register(cx.waker());
    }

    /// There may be something new.
    pub(in crate::live) fn wake(&self) {
        self.has_more();
        self.waker.wake();
    }

    /// Whether there may be something new since this was last asked.
    pub(in crate::live) fn has_news(&self) -> bool {
        self.news.swap(false, Ordering::AcqRel)
    }

    /// Whoever looked did not take everything.
    pub(in crate::live) fn has_more(&self) {
        self.news.store(true, Ordering::Release);
    }

    /// Puts an event in, unless the box is full.
    pub(super) fn put(&self, event: &Bytes) -> bool {
        {
            let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
            if letters.len() >= MOST_LETTERS {
                return false;
            }
            letters.push_back(event.clone());
        }
        self.wake();
        true
    }

    pub(in crate::live) fn take(&self) -> Option<Bytes> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

#[derive(Default)]
pub(super) struct Members {
    streams: BTreeMap<StreamId, (Viewer, Option<Counted>, Arc<Mailbox>)>,
    viewers: BTreeMap<Viewer, BTreeSet<StreamId>>,
    clients: BTreeMap<Counted, usize>,
}

impl Members {
    pub(super) fn join(
        &mut self,
        stream: StreamId,
        viewer: &Viewer,
        client: Option<Counted>,
    ) -> Arc<Mailbox> {
        let mailbox = Arc::<Mailbox>::default();
        self.streams.insert(stream, (viewer.clone(), client, Arc::clone(&mailbox)));
        if let Some(client) = client {
            *self.clients.entry(client).or_default() += 1;
        }
        self.viewers.entry(viewer.clone()).or_default().insert(stream);
        mailbox
    }

    pub(super) fn leave(&mut self, stream: StreamId) {
        let Some((viewer, client, _)) = self.streams.remove(&stream) else { return };
        if let Some(client) = client
            && let Some(streams) = self.clients.get_mut(&client)
        {
            *streams -= 1;
            if *streams == 0 {
                self.clients.remove(&client);
            }
        }
        if let Some(streams) = self.viewers.get_mut(&viewer) {
            streams.remove(&stream);
            if streams.is_empty() {
                self.viewers.remove(&viewer);
            }
        }
    }

    pub(super) fn len(&self) -> usize {
        self.streams.len()
    }

    /// How many viewers have streams.
    pub(super) fn viewers(&self) -> usize {
        self.viewers.len()
    }

    /// How many streams the viewer has.
    pub(super) fn of(&self, viewer: &Viewer) -> usize {
        self.viewers.get(viewer).map_or(0, BTreeSet::len)
    }

    /// How many streams the client has.
    pub(super) fn at(&self, client: Counted) -> usize {
        self.clients.get(&client).copied().unwrap_or_default()
    }

    pub(super) fn mailbox(&self, stream: StreamId) -> Option<Arc<Mailbox>> {
        self.streams.get(&stream).map(|(.., mailbox)| Arc::clone(mailbox))
    }

    pub(super) fn mailboxes(&self) -> Vec<Arc<Mailbox>> {
        self.streams.values().map(|(.., mailbox)| Arc::clone(mailbox)).collect()
    }

    pub(super) fn mailboxes_of(&self, viewer: &Viewer) -> Vec<Arc<Mailbox>> {
        let streams = self.viewers.get(viewer).into_iter().flatten();
        streams.filter_map(|&stream| self.mailbox(stream)).collect()
    }
}
