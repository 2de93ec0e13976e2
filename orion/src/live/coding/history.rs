//! Histories: what a stream has received, as far as later pieces may refer to it.
//!
//! A history is the sequence of texts at the end of a stream, named by their numbers. There is one of each: streams that
//! have received the same hold the same, and it goes with the last of them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use bytes::Bytes;

use super::codec::Codec;
use super::frame::{Frame, Source, Text};
use super::segments::{After, Made};
use super::shelf::Shelf;
use super::tail::{self, Link};

/// What one stream has received. Moved on by [`Histories`], together with the making of what is then sent; not to be copied,
/// because what is sent to one stream is not sent to another.
#[must_use]
pub(super) struct History {
    codec: Codec,
    /// `None`: nothing is known, which is true of every stream.
    node: Option<Arc<Node>>,
}

impl History {
    /// The history of a stream of which nothing is known.
    pub(super) fn unknown(codec: Codec) -> Self {
        Self { codec, node: None }
    }

    pub(super) fn codec(&self) -> Codec {
        self.codec
    }

    fn after(&self) -> After {
        After { codec: self.codec, history: self.node.as_ref().map(|node| node.number) }
    }

    fn tail(&self) -> &[Link] {
        self.node.as_ref().map_or(&[], |node| &node.tail)
    }

    /// The end of what was received; `None` if nobody has kept it.
    fn dictionary(&self) -> Option<Vec<u8>> {
        let texts: Vec<_> = self.tail().iter().map(Link::text).collect::<Option<_>>()?;
        Some(texts.iter().map(|text| &text.bytes[..]).collect::<Vec<_>>().concat())
    }
}

/// The one node of a tail.
pub(super) struct Node {
    /// Stands for this tail and no other, in this process and for ever.
    number: u64,
    codec: Codec,
    tail: Box<[Link]>,
    table: Arc<Mutex<Table>>,
}

/// The number that the next node gets: a frame's segments know histories by their numbers.
static NEXT: AtomicU64 = AtomicU64::new(0);

type Table = HashMap<Key, Weak<Node>>;

type Key = (Codec, Box<[u64]>);

fn key(codec: Codec, tail: &[Link]) -> Key {
    (codec, tail.iter().map(|link| link.number).collect())
}

impl Drop for Node {
    fn drop(&mut self) {
        let mut table = lock(&self.table);
        let key = key(self.codec, &self.tail);
        // Between the last stream's going and here, another may have come and made a new node.
        if table.get(&key).is_some_and(|node| std::ptr::eq(node.as_ptr(), self)) {
            table.remove(&key);
        }
    }
}

/// The histories of a hub's streams, and what is sent after them.
pub(in crate::live) struct Histories {
    table: Arc<Mutex<Table>>,
    shelf: Shelf,
    ping: Ping,
}

struct Ping {
    text: Arc<Text>,
    pieces: [(Codec, Bytes); 2],
}

impl Histories {
    /// No streams yet. `ping` is the event that breaks their silence; so many bytes of texts are kept for those that lag.
    pub(in crate::live) fn new(ping: Bytes, kept: usize) -> Self {
        let pieces = Codec::ALL.map(|codec| (codec, codec.alone(&ping).into()));
        let text = Text::new(Source::Ping, ping);
        Self { table: Arc::default(), shelf: Shelf::new(kept), ping: Ping { text, pieces } }
    }

    pub(super) fn ping(&self) -> &Arc<Text> {
        &self.ping.text
    }

    /// What a stream with this history is to be sent, so that it has received `frame` next.
    #[must_use]
    pub(super) fn send(&self, history: &mut History, frame: &Frame) -> Bytes {
        let segment = frame.segments.get(history.after()).or_else(|| {
            history.node = None;
            frame.segments.get(history.after())
        });
        // There is room for the segment that needs no history in any case.
        let Some(segment) = segment else { return self.send_alone(history, &frame.text.bytes) };
        let made = segment.made(|| self.make(history, frame));
        history.node.clone_from(&made.history);
        made.bytes.clone()
    }

    /// The same for a ping. It is too small to be compressed, so that there is one piece for all.
    #[must_use]
    pub(super) fn send_ping(&self, history: &mut History) -> Bytes {
        let (_, piece) = &self.ping.pieces[usize::from(history.codec != self.ping.pieces[0].0)];
        if history.node.is_some() {
            history.node =
                self.node(history.codec, tail::after(history.tail(), &self.ping.text, history.codec));
        }
        piece.clone()
    }

    /// The same for what this stream alone is sent: nobody shares what it has received, so it counts as unknown from here.
    #[must_use]
    #[allow(clippy::unused_self)] // As the others: who moves a history on has them all.
    pub(super) fn send_alone(&self, history: &mut History, event: &[u8]) -> Bytes {
        history.node = None;
        history.codec.alone(event).into()
    }

    fn make(&self, history: &History, frame: &Frame) -> Made {
        let codec = history.codec;
        let Some(dictionary) = history.dictionary() else {
            let mut unknown = History::unknown(codec);
            let bytes = self.send(&mut unknown, frame);
            return Made { bytes, history: unknown.node };
        };
        let bytes = codec.segment(&dictionary, &frame.text.bytes).into();
        let history = self.node(codec, tail::after(history.tail(), &frame.text, codec));
        if frame.text.is_to_be_shelved() {
            self.shelf.keep(&frame.text);
        }
        Made { bytes, history }
    }

    /// The node of a tail, made if there is none.
    fn node(&self, codec: Codec, tail: Vec<Link>) -> Option<Arc<Node>> {
        if tail.is_empty() {
            return None;
        }
        let key = key(codec, &tail);
        let mut table = lock(&self.table);
        if let Some(node) = table.get(&key).and_then(Weak::upgrade) {
            return Some(node);
        }
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let node = Arc::new(Node { number, codec, tail: tail.into(), table: Arc::clone(&self.table) });
        table.insert(key, Arc::downgrade(&node));
        Some(node)
    }
}

/// The table is whole between any two statements.
fn lock(table: &Mutex<Table>) -> MutexGuard<'_, Table> {
    table.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
