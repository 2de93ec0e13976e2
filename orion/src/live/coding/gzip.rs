//! gzip (RFC 1952) around deflate (RFC 1951), in pieces that know nothing of each other but the text before them.
//!
//! A piece begins at a byte and ends with an empty stored block, so that nothing is held back. Deflate has no other memory
//! than its window. The trailer's checksum is of the whole text: it is combined from those of the pieces.

use flate2::{Compress, Compression, Crc, FlushCompress};

/// Finds a changed row among a hundred in half the bytes of what lower levels need.
const LEVEL: Compression = Compression::new(6);

/// How far back a distance may reach (RFC 1951, section 2).
pub(super) const WINDOW: usize = 1 << 15;

/// The header (RFC 1952, section 2.3): deflate, no name, no time, no particular system.
pub(super) const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];

/// How much text one stored block holds (RFC 1951, section 3.2.4).
const MOST_STORED: usize = (1 << 16) - 1;

/// Compresses `text` for streams whose text ends with `dictionary`.
pub(super) fn segment(dictionary: &[u8], text: &[u8]) -> Result<Vec<u8>, &'static str> {
    let mut encoder = Compress::new(LEVEL, false);
    if !dictionary.is_empty() {
        encoder.set_dictionary(dictionary).map_err(|_| "the compressor refused the dictionary")?;
    }
    let mut segment = Vec::with_capacity(text.len() + text.len() / 8 + 64);
    let mut left = text;
    loop {
        let before = encoder.total_in();
        encoder
            .compress_vec(left, &mut segment, FlushCompress::Sync)
            .map_err(|_| "the compressor gave up")?;
        let read = usize::try_from(encoder.total_in() - before).unwrap_or(left.len());
        left = &left[read..];
        // Room that is left over means that there is nothing more to write.
        if left.is_empty() && segment.len() < segment.capacity() {
            return Ok(segment);
        }
        segment.reserve(left.len() + 64);
    }
}

/// `text` in blocks that are not compressed.
pub(super) fn stored(text: &[u8]) -> Vec<u8> {
    let mut segment = Vec::with_capacity(text.len() + 5 * text.len().div_ceil(MOST_STORED));
    for block in text.chunks(MOST_STORED) {
        let length = u16::try_from(block.len()).unwrap_or(0);
        // Not the last one, stored; the rest of the byte is not used.
        segment.push(0);
        segment.extend(length.to_le_bytes());
        segment.extend((!length).to_le_bytes());
        segment.extend(block);
    }
    segment
}

/// An empty last block, then the trailer (RFC 1952, section 2.3): the checksum of the text, and its length.
pub(super) fn end(text: &Crc) -> Vec<u8> {
    let mut end = vec![0x03, 0x00];
    end.extend(text.sum().to_le_bytes());
    end.extend(text.amount().to_le_bytes());
    end
}
