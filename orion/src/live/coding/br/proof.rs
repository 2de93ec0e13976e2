//! The proof of a piece: before anybody is sent it, it is decoded.
//!
//! A piece that a decoder takes for something else is noticed by nobody, neither here nor in the browser. Compressing with a
//! dictionary is a part of the crate that few use; decoding costs a tenth of it.

use brotli::enc::StandardAlloc;
use brotli::{BrotliDecompressStream, BrotliResult, BrotliState};

use super::{HEAD, stored};

/// Whether `segment` is `text` to a decoder of a stream whose text is `dictionary`, and all of it has arrived.
pub(super) fn holds(dictionary: &[u8], text: &[u8], segment: &[u8]) -> bool {
    let stream = [&HEAD, &stored(dictionary)[..], segment].concat();
    let length = dictionary.len() + text.len();
    // One more than there should be.
    let mut decoded = vec![0; length + 1];
    let mut state =
        BrotliState::new(StandardAlloc::default(), StandardAlloc::default(), StandardAlloc::default());
    let (mut left, mut read, mut room, mut written, mut total) = (stream.len(), 0, decoded.len(), 0, 0);
    let result = BrotliDecompressStream(
        &mut left,
        &mut read,
        &stream,
        &mut room,
        &mut written,
        &mut decoded,
        &mut total,
        &mut state,
    );
    matches!(result, BrotliResult::NeedsMoreInput)
        && (left, written) == (0, length)
        && decoded[dictionary.len()..length] == *text
}
