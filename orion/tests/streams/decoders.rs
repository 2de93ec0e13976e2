//! What a browser does: decodes what has arrived, as far as it goes. For each coding two decoders that share no code.

use std::io::Write as _;

use brotli::enc::StandardAlloc;
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState};
use flate2::Crc;
use flate2::write::GzDecoder;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZFlush, MZStatus};

/// One decoder of one stream.
pub(crate) trait Decoder {
    /// Decodes the next piece, all of it.
    fn decode(&mut self, piece: &[u8]) -> Vec<u8>;
    /// Fails if the stream is not complete.
    fn end(&mut self);
}

pub(crate) fn br() -> [Box<dyn Decoder>; 2] {
    [Box::new(Google(brotlic::BrotliDecoder::new())), Box::<Rust>::default()]
}

pub(crate) fn gzip() -> [Box<dyn Decoder>; 2] {
    [Box::new(Zlib(GzDecoder::new(Vec::new()))), Box::<Miniz>::default()]
}

const ROOM: usize = 1 << 14;

/// Google's, in C, that browsers have.
struct Google(brotlic::BrotliDecoder);

impl Decoder for Google {
    fn decode(&mut self, mut piece: &[u8]) -> Vec<u8> {
        let (mut text, mut room) = (Vec::new(), [0; ROOM]);
        while !piece.is_empty() || self.0.has_output() {
            let step = self.0.decompress(piece, &mut room).expect("Google's decoder takes it");
            piece = &piece[step.bytes_read..];
            text.extend(&room[..step.bytes_written]);
            assert!(step.bytes_read + step.bytes_written > 0, "there is something behind the end");
        }
        text
    }

    fn end(&mut self) {
        assert!(self.0.is_finished());
    }
}

/// The one of the crate `brotli-decompressor`.
struct Rust {
    state: Box<BrotliState<StandardAlloc, StandardAlloc, StandardAlloc>>,
    finished: bool,
}

impl Default for Rust {
    fn default() -> Self {
        let alloc = StandardAlloc::default;
        Self { state: Box::new(BrotliState::new(alloc(), alloc(), alloc())), finished: false }
    }
}

impl Decoder for Rust {
    fn decode(&mut self, piece: &[u8]) -> Vec<u8> {
        let (mut text, mut room) = (Vec::new(), [0; ROOM]);
        let (mut left, mut read, mut total) = (piece.len(), 0, 0);
        loop {
            let (mut free, mut written) = (room.len(), 0);
            let result = BrotliDecompressStream(
                &mut left,
                &mut read,
                piece,
                &mut free,
                &mut written,
                &mut room,
                &mut total,
                &mut self.state,
            );
            text.extend(&room[..written]);
            match result {
                BrotliResult::NeedsMoreOutput => {}
                // It says so also when it has more text than there was room for.
                BrotliResult::NeedsMoreInput if written == room.len() => {}
                BrotliResult::NeedsMoreInput => break,
                BrotliResult::ResultSuccess => {
                    self.finished = true;
                    break;
                }
                BrotliResult::ResultFailure => panic!("the decoder in Rust does not take it"),
            }
        }
        assert_eq!(left, 0, "there is something behind the end");
        text
    }

    fn end(&mut self) {
        assert!(self.finished);
    }
}

/// flate2's, with its backend.
struct Zlib(GzDecoder<Vec<u8>>);

impl Decoder for Zlib {
    fn decode(&mut self, piece: &[u8]) -> Vec<u8> {
        self.0.write_all(piece).expect("zlib takes it");
        self.0.flush().expect("zlib takes it");
        std::mem::take(self.0.get_mut())
    }

    fn end(&mut self) {
        self.0.try_finish().expect("the checksum is right");
    }
}

/// The one of the crate `miniz_oxide`, which knows deflate only: the rest of gzip is read here.
struct Miniz {
    state: Box<InflateState>,
    head: Vec<u8>,
    text: Crc,
    finished: bool,
    trailer: Vec<u8>,
}

impl Default for Miniz {
    fn default() -> Self {
        let state = InflateState::new_boxed(DataFormat::Raw);
        Self { state, head: Vec::new(), text: Crc::new(), finished: false, trailer: Vec::new() }
    }
}

impl Decoder for Miniz {
    fn decode(&mut self, piece: &[u8]) -> Vec<u8> {
        let (head, mut piece) = piece.split_at(piece.len().min(10 - self.head.len()));
        self.head.extend(head);
        assert!([0x1f, 0x8b, 8, 0].starts_with(&self.head[..self.head.len().min(4)]));
        let (mut text, mut room) = (Vec::new(), [0; ROOM]);
        while !self.finished {
            let step = inflate(&mut self.state, piece, &mut room, MZFlush::Sync);
            piece = &piece[step.bytes_consumed..];
            text.extend(&room[..step.bytes_written]);
            self.finished = step.status == Ok(MZStatus::StreamEnd);
            if piece.is_empty() && step.bytes_written < room.len() {
                break;
            }
            step.status.expect("miniz takes it");
        }
        if self.finished {
            self.trailer.extend(piece);
        }
        self.text.update(&text);
        text
    }

    fn end(&mut self) {
        let trailer = [self.text.sum().to_le_bytes(), self.text.amount().to_le_bytes()].concat();
        assert_eq!(self.trailer, trailer);
    }
}
