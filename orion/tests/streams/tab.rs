//! A tab, three times over: not compressed, with gzip and with Brotli. All three are read in step.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http_body::Body as _;
use orion::Viewer;
use orion::live::{Coding, Embed, Hub, Stream};

use crate::decoders::{self, Decoder};

pub(crate) struct Tab {
    plain: Stream,
    compressed: [Compressed; 2],
    begun: bool,
}

struct Compressed {
    coding: Coding,
    stream: Stream,
    decoders: [Box<dyn Decoder>; 2],
}

/// What became of reading once.
pub(crate) enum Read {
    Nothing,
    /// An event of this many bytes, and what was received for it with gzip and with Brotli.
    Event(usize, [usize; 2]),
    End,
}

impl Tab {
    pub(crate) fn open(hub: &Arc<Hub>, viewer: &Viewer, regions: &[Embed]) -> Self {
        let open = |coding| hub.open(viewer, regions, coding).unwrap();
        let compressed = |coding, decoders| Compressed { coding, stream: open(coding), decoders };
        Self {
            plain: open(Coding::Identity),
            compressed: [compressed(Coding::Gzip, decoders::gzip()), compressed(Coding::Br, decoders::br())],
            begun: false,
        }
    }

    /// Reads one event, if there is one, and compares what each decoder makes of it.
    pub(crate) fn read(&mut self) -> Read {
        let plain = poll(&mut self.plain);
        let received = self.compressed.each_mut().map(|compressed| compressed.read(&plain, self.begun));
        match plain {
            Poll::Pending => Read::Nothing,
            Poll::Ready(None) => Read::End,
            Poll::Ready(Some(text)) => {
                self.begun = true;
                Read::Event(text.len(), received)
            }
        }
    }
}

impl Compressed {
    fn read(&mut self, plain: &Poll<Option<Bytes>>, begun: bool) -> usize {
        let piece = match poll(&mut self.stream) {
            Poll::Pending => {
                assert!(plain.is_pending(), "{:?}: an event is held back", self.coding);
                return 0;
            }
            Poll::Ready(piece) => piece.expect("a compressed stream has an end of its own"),
        };
        for (which, decoder) in self.decoders.iter_mut().enumerate() {
            let decoded = decoder.decode(&piece);
            match plain {
                Poll::Pending => panic!("{:?}: an event from nowhere", self.coding),
                Poll::Ready(Some(text)) if begun => {
                    assert!(
                        decoded == *text,
                        "{:?}, decoder {which}: {}",
                        self.coding,
                        difference(text, &decoded)
                    );
                }
                // Each stream has its own number in it.
                Poll::Ready(Some(_)) => {
                    assert!(is_greeting(&decoded), "{:?}: {}", self.coding, show(&decoded));
                }
                Poll::Ready(None) => {
                    assert!(decoded.is_empty(), "{:?}: {} at the end", self.coding, show(&decoded));
                    decoder.end();
                }
            }
        }
        if matches!(plain, Poll::Ready(None)) {
            assert_eq!(poll(&mut self.stream), Poll::Ready(None));
        }
        piece.len()
    }
}

fn is_greeting(text: &[u8]) -> bool {
    text.starts_with(b"retry: ") && text.ends_with(b"\n\n") && text.len() < 16
}

fn difference(text: &[u8], decoded: &[u8]) -> String {
    let same = text.iter().zip(decoded).take_while(|(a, b)| a == b).count();
    format!(
        "{} bytes are decoded to {}; behind {same} that are the same,\n{}\nis decoded to\n{}",
        text.len(),
        decoded.len(),
        show(&text[same..]),
        show(&decoded[same..])
    )
}

fn show(text: &[u8]) -> String {
    String::from_utf8_lossy(&text[..text.len().min(400)]).into_owned()
}

fn poll(stream: &mut Stream) -> Poll<Option<Bytes>> {
    let polled = Pin::new(stream).poll_frame(&mut Context::from_waker(Waker::noop()));
    polled.map(|frame| frame.map(|frame| frame.unwrap().into_data().unwrap()))
}
