//! Content encodings, decoded as the bytes come.

use brotli::DecompressorWriter;
use flate2::write::GzDecoder;
use http::{HeaderMap, header};
use std::fmt;
use std::io::{self, Write as _};

/// Turns the bytes of one body into what they say.
pub(super) enum Decoder {
    Identity,
    Brotli(Box<DecompressorWriter<Vec<u8>>>),
    Gzip(Box<GzDecoder<Vec<u8>>>),
}

impl fmt::Debug for Decoder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Identity => "Identity",
            Self::Brotli(_) => "Brotli",
            Self::Gzip(_) => "Gzip",
        })
    }
}

impl Decoder {
    /// For the encoding that the headers name.
    pub(super) fn of(headers: &HeaderMap) -> io::Result<Self> {
        match headers.get(header::CONTENT_ENCODING).map(http::HeaderValue::as_bytes) {
            None | Some(b"identity") => Ok(Self::Identity),
            Some(b"br") => Ok(Self::Brotli(Box::new(DecompressorWriter::new(Vec::new(), 4096)))),
            Some(b"gzip") => Ok(Self::Gzip(Box::new(GzDecoder::new(Vec::new())))),
            Some(other) => {
                Err(io::Error::other(format!("the content encoding is {:?}", String::from_utf8_lossy(other))))
            }
        }
    }

    /// All that can be read once `encoded` has come too.
    pub(super) fn decode(&mut self, encoded: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Identity => Ok(encoded.to_vec()),
            Self::Brotli(decoder) => {
                decoder.write_all(encoded)?;
                // What is larger than its buffer comes out bit by bit.
                let mut before = None;
                while before != Some(decoder.get_ref().len()) {
                    before = Some(decoder.get_ref().len());
                    let _ = decoder.write(&[])?;
                }
                Ok(std::mem::take(decoder.get_mut()))
            }
            Self::Gzip(decoder) => {
                decoder.write_all(encoded)?;
                decoder.flush()?;
                Ok(std::mem::take(decoder.get_mut()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use brotli::CompressorWriter;
    use flate2::{Compression, write::GzEncoder};
    use http::HeaderValue;

    /// The last one is larger than any buffer, and a few bytes when encoded.
    fn events() -> [String; 3] {
        ["event: one\n\n".into(), "data: zwei ü\n\n".into(), format!("data: {}\n\n", "three ".repeat(50_000))]
    }

    /// Encodes the events into one stream, flushed after each: the bytes of each event.
    fn flushed<W: io::Write>(mut encoder: W, taken: impl Fn(&mut W) -> Vec<u8>) -> Vec<Vec<u8>> {
        events()
            .iter()
            .map(|event| {
                encoder.write_all(event.as_bytes()).unwrap();
                encoder.flush().unwrap();
                taken(&mut encoder)
            })
            .collect()
    }

    /// Each event can be read as soon as its last byte has come, however the bytes were split.
    fn each_event_comes_through(encoding: &'static str, segments: &[Vec<u8>]) {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        for size in [1, 7, usize::MAX] {
            let mut decoder = Decoder::of(&headers).unwrap();
            for (segment, event) in segments.iter().zip(events()) {
                let pieces = segment.chunks(size.min(segment.len()));
                let text: Vec<u8> = pieces.flat_map(|piece| decoder.decode(piece).unwrap()).collect();
                assert!(text == event.as_bytes(), "{} bytes of {} at {size} a time", text.len(), event.len());
            }
        }
    }

    #[test]
    fn brotli_is_decoded_at_every_flush() {
        let encoder = CompressorWriter::new(Vec::new(), 4096, 4, 18);
        each_event_comes_through("br", &flushed(encoder, |encoder| std::mem::take(encoder.get_mut())));
    }

    #[test]
    fn gzip_is_decoded_at_every_flush() {
        let encoder = GzEncoder::new(Vec::new(), Compression::fast());
        each_event_comes_through("gzip", &flushed(encoder, |encoder| std::mem::take(encoder.get_mut())));
    }

    #[test]
    fn an_unknown_encoding_is_an_error_rather_than_text() {
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("zstd"));
        assert!(Decoder::of(&headers).is_err());
    }
}
