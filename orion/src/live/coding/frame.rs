//! A frame: one version of what a cell shows.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use flate2::Crc;

use super::segments::Segments;
use crate::live::engine::CellId;

/// The number that the next text gets.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// What a text is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    Ping,
    Cell { cell: CellId, personal: bool },
}

/// Bytes that more than one stream may receive.
pub(super) struct Text {
    /// Stands for these bytes and no others, in this process and for ever.
    pub(super) number: u64,
    pub(super) source: Source,
    pub(super) bytes: Bytes,
    crc: OnceLock<Crc>,
    shelved: AtomicBool,
}

impl Text {
    pub(super) fn new(source: Source, bytes: Bytes) -> Arc<Self> {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Arc::new(Self { number, source, bytes, crc: OnceLock::new(), shelved: AtomicBool::new(false) })
    }

    pub(super) fn crc(&self) -> &Crc {
        self.crc.get_or_init(|| crc(&self.bytes))
    }

    /// Whether this is the first call.
    pub(super) fn is_to_be_shelved(&self) -> bool {
        !self.shelved.swap(true, Ordering::Relaxed)
    }
}

pub(super) fn crc(bytes: &[u8]) -> Crc {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc
}

/// One version of what a cell shows, with what it was compressed into: that goes with the last who shows or takes it.
pub struct Frame {
    pub(super) text: Arc<Text>,
    pub(super) segments: Segments,
    /// What the cell showed before: most streams have it for a dictionary.
    _before: Option<Arc<Text>>,
}

impl Frame {
    /// A version that never was there before, whatever its bytes are; it takes the place of another one.
    pub(in crate::live) fn new(
        cell: CellId,
        personal: bool,
        bytes: Bytes,
        before: Option<&Self>,
    ) -> Arc<Self> {
        Arc::new(Self {
            text: Text::new(Source::Cell { cell, personal }, bytes),
            segments: Segments::default(),
            _before: before.map(|frame| Arc::clone(&frame.text)),
        })
    }

    /// The event, as a stream without a coding receives it.
    pub fn bytes(&self) -> &Bytes {
        &self.text.bytes
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Frame({}, {} bytes)", self.text.number, self.text.bytes.len())
    }
}
