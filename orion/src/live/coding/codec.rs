//! The two ways to compress a stream, as far as they are alike: a head, pieces of whole bytes, an end.

use super::{br, gzip};

/// A piece of at most this many bytes is stored as it is: compressing it costs time and saves nothing.
const SMALL: usize = 64;

/// How a stream is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Codec {
    Gzip,
    Br,
}

impl Codec {
    pub(super) const ALL: [Self; 2] = [Self::Gzip, Self::Br];

    /// How a stream begins.
    pub(super) fn head(self) -> &'static [u8] {
        match self {
            Self::Gzip => &gzip::HEAD,
            Self::Br => &br::HEAD,
        }
    }

    /// How far back a decoder remembers, in bytes.
    pub(super) fn window(self) -> usize {
        match self {
            Self::Gzip => gzip::WINDOW,
            Self::Br => br::WINDOW,
        }
    }

    /// A piece for every stream whose text ends with `dictionary`, which is for every stream if that is empty. What lies
    /// farther back than the window is not used.
    pub(super) fn segment(self, dictionary: &[u8], text: &[u8]) -> Vec<u8> {
        self.compress(dictionary, text).unwrap_or_else(|problem| {
            tracing::error!(codec = ?self, problem, length = text.len(), "a frame could not be compressed and is sent as it is");
            self.stored(text)
        })
    }

    fn compress(self, dictionary: &[u8], text: &[u8]) -> Result<Vec<u8>, &'static str> {
        let dictionary = &dictionary[dictionary.len().saturating_sub(self.window())..];
        match self {
            Self::Gzip => gzip::segment(dictionary, text),
            Self::Br => br::segment(dictionary, text),
        }
    }

    /// A piece for every stream.
    pub(super) fn alone(self, text: &[u8]) -> Vec<u8> {
        if text.len() <= SMALL { self.stored(text) } else { self.segment(&[], text) }
    }

    fn stored(self, text: &[u8]) -> Vec<u8> {
        match self {
            Self::Gzip => gzip::stored(text),
            Self::Br => br::stored(text),
        }
    }
}

#[cfg(test)]
mod tests;
