//! The encoder of one stream: what it keeps is its history, and for gzip the checksum.

use std::sync::Arc;

use bytes::Bytes;
use flate2::Crc;

use super::codec::Codec;
use super::frame::{self, Frame};
use super::history::{Histories, History};
use super::{Coding, br, gzip};

/// What a stream is to say next.
pub(in crate::live) enum Event {
    /// What everyone is told who shows the cell.
    Frame(Arc<Frame>),
    /// That the connection is alive.
    Ping,
    /// What this stream alone is told.
    Private(Bytes),
}

/// Encodes one stream. Each piece can be decoded to its end as soon as it has arrived.
pub(in crate::live) enum Encoder {
    Identity,
    Compressed(Compressed),
}

pub(in crate::live) struct Compressed {
    history: History,
    /// Whether the head was sent.
    begun: bool,
    /// Of everything that was sent; for gzip only.
    crc: Crc,
}

impl Encoder {
    pub(in crate::live) fn new(coding: Coding) -> Self {
        let compressed = |codec| {
            Self::Compressed(Compressed { history: History::unknown(codec), begun: false, crc: Crc::new() })
        };
        match coding {
            Coding::Identity => Self::Identity,
            Coding::Gzip => compressed(Codec::Gzip),
            Coding::Br => compressed(Codec::Br),
        }
    }

    /// The piece for an event, which must be sent next. Empty if the event is.
    #[must_use]
    pub(in crate::live) fn encode(&mut self, event: &Event, histories: &Histories) -> Bytes {
        let text = match event {
            Event::Frame(frame) => frame.bytes(),
            Event::Ping => &histories.ping().bytes,
            Event::Private(bytes) => bytes,
        };
        match self {
            _ if text.is_empty() => Bytes::new(),
            Self::Identity => text.clone(),
            Self::Compressed(compressed) => compressed.encode(event, histories),
        }
    }

    /// The end of the stream: what makes it a complete one.
    #[must_use]
    pub(in crate::live) fn finish(self) -> Bytes {
        let Self::Compressed(mut compressed) = self else { return Bytes::new() };
        let end = match compressed.history.codec() {
            Codec::Br => Bytes::from_static(&br::END),
            Codec::Gzip => gzip::end(&compressed.crc).into(),
        };
        compressed.begin(end)
    }
}

impl Compressed {
    fn encode(&mut self, event: &Event, histories: &Histories) -> Bytes {
        let history = &mut self.history;
        let piece = match event {
            Event::Frame(frame) => histories.send(history, frame),
            Event::Ping => histories.send_ping(history),
            Event::Private(bytes) => histories.send_alone(history, bytes),
        };
        if self.history.codec() == Codec::Gzip {
            match event {
                Event::Frame(frame) => self.crc.combine(frame.text.crc()),
                Event::Ping => self.crc.combine(histories.ping().crc()),
                Event::Private(bytes) => self.crc.combine(&frame::crc(bytes)),
            }
        }
        self.begin(piece)
    }

    /// Puts the head before the first piece.
    fn begin(&mut self, piece: Bytes) -> Bytes {
        if std::mem::replace(&mut self.begun, true) {
            return piece;
        }
        [self.history.codec().head(), &piece].concat().into()
    }
}
