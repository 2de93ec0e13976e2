//! Pieces as HTTP/1.1 sends them: with their size before them.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;

/// Makes chunks of pieces. Streams that say the same share the piece, so the chunk that was made last is mostly the one that is
/// asked for next.
#[derive(Default)]
pub(super) struct Chunks(Mutex<Last>);

#[derive(Default)]
struct Last {
    /// Kept, so that no other piece is where this one is.
    piece: Bytes,
    chunk: Bytes,
}

impl Chunks {
    pub(super) fn of(&self, piece: Bytes) -> Bytes {
        if piece.is_unique() {
            // What one stream alone is told takes nobody's place.
            return chunk(&piece);
        }
        // It is whole between any two statements but these two, which do not panic.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if (last.piece.as_ptr(), last.piece.len()) != (piece.as_ptr(), piece.len()) {
            last.chunk = chunk(&piece);
            last.piece = piece;
        }
        last.chunk.clone()
    }
}

fn chunk(piece: &[u8]) -> Bytes {
    [format!("{:x}\r\n", piece.len()).as_bytes(), piece, b"\r\n"].concat().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_that_is_asked_for_again_is_made_into_a_chunk_once() {
        let (chunks, piece) = (Chunks::default(), Bytes::from(vec![b'a'; 18]));
        let first = chunks.of(piece.clone());
        assert_eq!(first, "12\r\naaaaaaaaaaaaaaaaaa\r\n");
        assert_eq!(chunks.of(Bytes::from(vec![b'b'])), "1\r\nb\r\n", "nobody shares it");
        assert_eq!(chunks.of(piece.clone()).as_ptr(), first.as_ptr());
        assert_eq!(chunks.of(piece.slice(..2)), "2\r\naa\r\n", "the same place, and another piece");
    }
}
