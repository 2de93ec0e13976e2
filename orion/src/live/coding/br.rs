//! Brotli (RFC 7932), in pieces that know nothing of each other but the text before them.
//!
//! What a decoder carries from one meta-block to the next, and how a piece keeps clear of it:
//!
//! - the bytes decoded so far, at most a window: the dictionary stands for their end, and no distance reaches beyond it;
//! - the four last distances (section 4): never used before the piece has set them itself (`CATABLE`);
//! - the two last bytes, which choose the context of a literal (section 7.1): a piece begins with a stored meta-block of two
//!   bytes (`CATABLE`);
//! - the position, which shifts references to the static dictionary (section 8): none is made (`CATABLE`);
//! - the bits of a byte that is not full: a piece ends with an empty meta-block that fills it (`BARE_STREAM`).

mod proof;

use brotli::enc::StandardAlloc;
use brotli::enc::encode::{
    BrotliEncoderDestroyInstance, BrotliEncoderMaxCompressedSize, BrotliEncoderOperation,
    BrotliEncoderParameter, BrotliEncoderStateStruct,
};
use memchr::memmem;

/// Nearly free, and still finds the last frame.
const QUALITY: u32 = 4;

/// The logarithm of the window's size.
const WINDOW_BITS: u32 = 18;

/// The smallest window that makes a compressor cheaper: it allocates, and clears, what the window says.
const LEAST_WINDOW_BITS: u32 = 16;

/// How far back a distance may reach (section 9.1).
pub(super) const WINDOW: usize = reach(WINDOW_BITS);

/// How much text the compressor's ring holds with the largest window.
const RING: usize = 2 << WINDOW_BITS;

/// The size of the window (section 9.1), then an empty meta-block of metadata (section 9.2) that fills the byte.
pub(super) const HEAD: [u8; 2] = [0x63, 0x00];

/// An empty last meta-block (section 9.2).
pub(super) const END: [u8; 1] = [0x03];

/// How much text one stored meta-block of four nibbles holds (section 9.2).
const MOST_STORED: usize = 1 << 16;

const fn reach(window_bits: u32) -> usize {
    (1 << window_bits) - 16
}

/// The window of the compressor. It may be smaller than the stream's, whose head is not the compressor's business: then
/// distances are shorter than they might be.
fn window_bits(length: usize) -> u32 {
    (LEAST_WINDOW_BITS..WINDOW_BITS).find(|&bits| length <= reach(bits)).unwrap_or(WINDOW_BITS)
}

/// Whether the compressor can be trusted with this dictionary.
///
/// brotli 9.1 cuts a match off where its source crosses the end of the dictionary. What is left may be a single byte, and a
/// copy of one byte is written as something else (`fix_unbroken_len`, `GetCopyLengthCode`). A match is at least four bytes
/// long, so that one begins at the dictionary's last byte and is these. In a ring that has come around, the place of the
/// dictionary's end is everybody's.
fn is_fit(dictionary: &[u8], text: &[u8]) -> bool {
    let (Some(&last), [first, second, third, ..]) = (dictionary.last(), text) else { return true };
    dictionary.len() + text.len() <= RING && memmem::find(text, &[last, *first, *second, *third]).is_none()
}

/// Compresses `text` for streams whose text ends with `dictionary`.
pub(super) fn segment(dictionary: &[u8], text: &[u8]) -> Result<Vec<u8>, &'static str> {
    let dictionary = if is_fit(dictionary, text) { dictionary } else { &[] };
    let mut encoder = BrotliEncoderStateStruct::new(StandardAlloc::default());
    let parameters = [
        (BrotliEncoderParameter::BROTLI_PARAM_QUALITY, QUALITY),
        (BrotliEncoderParameter::BROTLI_PARAM_LGWIN, window_bits(dictionary.len() + text.len())),
        (BrotliEncoderParameter::BROTLI_PARAM_CATABLE, 1),
        (BrotliEncoderParameter::BROTLI_PARAM_BARE_STREAM, 1),
    ];
    let segment = if parameters.into_iter().all(|(name, value)| encoder.set_parameter(name, value)) {
        encoder.set_custom_dictionary(dictionary.len(), dictionary);
        finish(&mut encoder, text)
    } else {
        Err("the compressor does not know a parameter")
    };
    BrotliEncoderDestroyInstance(&mut encoder);
    segment.and_then(|segment| {
        let holds = proof::holds(dictionary, text, &segment);
        holds.then_some(segment).ok_or("what the compressor made is something else")
    })
}

fn finish(
    encoder: &mut BrotliEncoderStateStruct<StandardAlloc>,
    text: &[u8],
) -> Result<Vec<u8>, &'static str> {
    let mut segment = vec![0; BrotliEncoderMaxCompressedSize(text.len())];
    let (mut left, mut read, mut written) = (text.len(), 0, 0);
    loop {
        let mut room = segment.len() - written;
        let went_well = encoder.compress_stream(
            BrotliEncoderOperation::BROTLI_OPERATION_FINISH,
            &mut left,
            text,
            &mut read,
            &mut room,
            &mut segment,
            &mut written,
            &mut None,
            &mut |_, _, _, _| {},
        );
        if !went_well {
            return Err("the compressor gave up");
        }
        if encoder.is_finished() {
            segment.truncate(written);
            return Ok(segment);
        }
        segment.resize(segment.len() + text.len() / 2 + 64, 0);
    }
}

/// `text` in meta-blocks that are not compressed (section 9.2).
pub(super) fn stored(text: &[u8]) -> Vec<u8> {
    let mut segment = Vec::with_capacity(text.len() + 3 * text.len().div_ceil(MOST_STORED));
    for block in text.chunks(MOST_STORED) {
        // Not the last one, four nibbles of length, the length less one, not compressed.
        let head = u32::try_from(block.len() - 1).unwrap_or(0) << 3 | 1 << 19;
        segment.extend(&head.to_le_bytes()[..3]);
        segment.extend(block);
    }
    segment
}
