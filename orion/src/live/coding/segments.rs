//! The segments of a frame: what it was compressed into, for each history that it was sent after.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use bytes::Bytes;

use super::codec::Codec;
use super::history::Node;

/// A frame is compressed against at most this many histories of one codec. Further streams are sent it whole and start
/// anew with it: that bounds the work of a frame, and those streams have one history from then on.
const MOST_HISTORIES: usize = 32;

/// Which stream a segment is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct After {
    pub(super) codec: Codec,
    /// The number of the history; `None` for any.
    pub(super) history: Option<u64>,
}

pub(super) struct Segment {
    after: After,
    made: OnceLock<Made>,
}

/// A piece, and what a stream that was sent it has received.
pub(super) struct Made {
    pub(super) bytes: Bytes,
    pub(super) history: Option<Arc<Node>>,
}

impl Segment {
    /// Makes it, or waits for whoever does.
    pub(super) fn made(&self, make: impl FnOnce() -> Made) -> &Made {
        self.made.get_or_init(make)
    }
}

#[derive(Default)]
pub(super) struct Segments(Mutex<Vec<Arc<Segment>>>);

impl Segments {
    /// The segment for these streams, to be made by the first that needs it; `None` if there are too many already.
    pub(super) fn get(&self, after: After) -> Option<Arc<Segment>> {
        let mut segments = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(segment) = segments.iter().find(|segment| segment.after == after) {
            return Some(Arc::clone(segment));
        }
        let alike =
            |segment: &&Arc<Segment>| segment.after.codec == after.codec && segment.after.history.is_some();
        if after.history.is_some() && segments.iter().filter(alike).count() >= MOST_HISTORIES {
            return None;
        }
        let segment = Arc::new(Segment { after, made: OnceLock::new() });
        segments.push(Arc::clone(&segment));
        Some(segment)
    }
}
