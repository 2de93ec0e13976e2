//! Content codings of a stream: what the client asked for, and an encoder that can be decoded after each frame.

use std::io::Write as _;

use brotli::CompressorWriter;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

/// Brotli's quality and window (the logarithm of its size): what is nearly free a frame and still finds the last frame.
const BROTLI: (u32, u32) = (4, 18);

/// How the bytes of a stream are coded (RFC 9110, section 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As they are.
    Identity,
    /// gzip (RFC 1952).
    Gzip,
    /// Brotli (RFC 7932).
    Br,
}

impl Coding {
    /// What the client likes best of what there is, by `Accept-Encoding` (RFC 9110, section 12.5.3); among equals the
    /// smallest. A client that accepts nothing of it gets the bytes as they are.
    ///
    /// ```
    /// use http::{HeaderMap, header::ACCEPT_ENCODING};
    /// use orion::live::Coding;
    ///
    /// let mut headers = HeaderMap::new();
    /// assert_eq!(Coding::negotiate(&headers), Coding::Identity);
    /// headers.insert(ACCEPT_ENCODING, "gzip, deflate, br, zstd".parse()?);
    /// assert_eq!(Coding::negotiate(&headers), Coding::Br);
    /// # Ok::<(), http::header::InvalidHeaderValue>(())
    /// ```
    pub fn negotiate(headers: &HeaderMap) -> Self {
        let accepted: Vec<(String, u16)> = headers
            .get_all(ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(weighed)
            .collect();
        let named =
            |name: &str| accepted.iter().find(|(coding, _)| coding == name).map(|&(_, weight)| weight);
        let weight = |name: &str| named(name).or_else(|| named("*")).unwrap_or(0);
        let candidates = [
            // Acceptable without being named, but then it comes after everything that was asked for.
            (named("identity").unwrap_or(0), Self::Identity),
            (weight("gzip"), Self::Gzip),
            (weight("br"), Self::Br),
        ];
        // The last of equal candidates wins.
        match candidates.into_iter().max_by_key(|&(weight, _)| weight) {
            Some((1.., coding)) => coding,
            _ => Self::Identity,
        }
    }

    /// The value of `Content-Encoding`; `None` where there is no such header.
    pub fn content_encoding(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Br => Some("br"),
        }
    }
}

/// Reads `name;q=0.5` into the name, in lower case, and thousandths. A weight that is none is the heaviest: the client did
/// name the coding.
fn weighed(item: &str) -> Option<(String, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let name = parts.next().filter(|name| !name.is_empty())?.to_ascii_lowercase();
    let weight = parts
        .find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")))
        .and_then(|weight| weight.parse::<f32>().ok())
        .filter(|weight| (0.0..=1.0).contains(weight))
        .map_or(1000, thousandths);
    Some((name, weight))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // From 0 to 1000.
fn thousandths(weight: f32) -> u16 {
    (weight * 1000.0).ceil() as u16
}

/// Encodes one stream. Each piece can be decoded to its end as soon as it has arrived.
pub(super) struct Encoder(Kind);

enum Kind {
    Identity,
    Gzip(GzEncoder<Vec<u8>>),
    // Boxed: it is several kilobytes before it allocates anything.
    Br(Box<CompressorWriter<Vec<u8>>>),
}

impl Encoder {
    pub(super) fn new(coding: Coding) -> Self {
        Self(match coding {
            Coding::Identity => Kind::Identity,
            Coding::Gzip => Kind::Gzip(GzEncoder::new(Vec::new(), Compression::new(4))),
            Coding::Br => {
                let (quality, window) = BROTLI;
                Kind::Br(Box::new(CompressorWriter::new(Vec::new(), 4096, quality, window)))
            }
        })
    }

    /// Encodes a piece and flushes.
    pub(super) fn encode(&mut self, piece: Bytes) -> Bytes {
        // Writing to memory does not fail.
        match &mut self.0 {
            Kind::Identity => piece,
            Kind::Gzip(writer) => {
                let _ = writer.write_all(&piece).and_then(|()| writer.flush());
                std::mem::take(writer.get_mut()).into()
            }
            Kind::Br(writer) => {
                let _ = writer.write_all(&piece).and_then(|()| writer.flush());
                std::mem::take(writer.get_mut()).into()
            }
        }
    }

    /// The end of the stream: what makes it a complete one.
    pub(super) fn finish(self) -> Bytes {
        match self.0 {
            Kind::Identity => Bytes::new(),
            Kind::Gzip(writer) => writer.finish().unwrap_or_default().into(),
            Kind::Br(writer) => writer.into_inner().into(),
        }
    }
}

#[cfg(test)]
mod tests;
