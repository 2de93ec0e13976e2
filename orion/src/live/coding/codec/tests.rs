//! Pieces behind one another, as any decoder sees them.

use proptest::prelude::*;

use super::*;
use crate::live::coding::tests::decoders::{self, Decoder};

/// A stream by hand: each piece is a text and how much of what went before is its dictionary; `None` is a piece for every
/// stream.
fn check(codec: Codec, pieces: &[(Option<usize>, Vec<u8>)]) {
    let mut decoders: [Box<dyn Decoder>; 2] = match codec {
        Codec::Gzip => decoders::gzip(),
        Codec::Br => decoders::br(),
    };
    let mut before: Vec<u8> = Vec::new();
    for decoder in &mut decoders {
        assert!(decoder.decode(codec.head()).is_empty());
    }
    for (dictionary, text) in pieces {
        let piece = match dictionary {
            None => codec.alone(text),
            Some(length) => codec.compress(&before[before.len().saturating_sub(*length)..], text).unwrap(),
        };
        for (which, decoder) in decoders.iter_mut().enumerate() {
            assert!(decoder.decode(&piece) == *text, "{codec:?}, decoder {which}: {} bytes", text.len());
        }
        before.extend(text);
    }
    let end = match codec {
        Codec::Br => br::END.to_vec(),
        Codec::Gzip => {
            let mut crc = flate2::Crc::new();
            crc.update(&before);
            gzip::end(&crc)
        }
    };
    for decoder in &mut decoders {
        assert!(decoder.decode(&end).is_empty());
        decoder.end();
    }
}

fn check_all(pieces: &[(Option<usize>, Vec<u8>)]) {
    for codec in Codec::ALL {
        check(codec, pieces);
    }
}

/// An event as regions send it.
fn list(rows: usize, changed: usize) -> Vec<u8> {
    let row = |row: usize| {
        let mark = if row == changed { "done" } else { "open" };
        format!("<li id=\"todo-{row}\" class=\"{mark}\"><button>{}</button></li>", row * 7919 % 1000)
    };
    let rows: String = (0..rows).map(row).collect();
    format!("event: datastar-patch-elements\ndata: elements <ul>{rows}</ul>\n\n").into_bytes()
}

/// Bytes in which nothing repeats.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1u64;
    let next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn texts_of_every_small_length_arrive_with_every_small_dictionary() {
    let text = b"abcabcabdabdab\xc3\xa4\xc3\xa4b\n\n";
    for length in 0..text.len() {
        for dictionary in 0..6 {
            check_all(&[
                (None, b"retry: 1000\n\n".to_vec()),
                (Some(dictionary), text[..length].to_vec()),
                (Some(dictionary + length), text[length..].to_vec()),
            ]);
        }
    }
}

#[test]
fn the_first_bytes_of_a_piece_do_not_depend_on_the_last_ones_before_it() {
    // The same piece behind different bytes: the context of its literals would be another one.
    for last in [b"\n\n".as_slice(), b"\xe2\x82", b"  ", b"zz", b"", b"\0"] {
        let text = [list(20, 3), "äöü€😀".repeat(40).into_bytes()].concat();
        check_all(&[(None, [b"x", last].concat()), (None, text.clone()), (Some(1 << 16), text)]);
    }
}

#[test]
fn words_that_every_brotli_decoder_knows_arrive() {
    // Their place in its dictionary is counted from the position in the stream, which no piece knows.
    let words = b"the time and the people with international information, government department: \
                  <!DOCTYPE html><html><head><title></title></head><body class=\"\" id=\"\"></body></html>";
    check_all(&[(None, words.to_vec()), (None, words.to_vec()), (Some(100), words.to_vec())]);
}

#[test]
fn distances_that_repeat_at_the_border_of_two_pieces_arrive() {
    let period = |length: usize| noise(length).repeat(300 / length + 2);
    for length in [1, 2, 3, 4, 11, 15, 16, 17] {
        let text = period(length);
        check_all(&[
            (None, text.clone()),
            (Some(1_000), text.clone()),
            (Some(length), text.clone()),
            (None, text),
        ]);
    }
}

#[test]
fn texts_around_the_windows_sizes_arrive_with_dictionaries_around_them() {
    for window in [br::WINDOW, gzip::WINDOW, (1 << 16) - 16, 1 << 16] {
        for length in [window - 1, window, window + 1, window + window / 3] {
            check_all(&[
                (None, list(length / 30, 5)[..length / 2].to_vec()),
                (Some(usize::MAX), noise(length)),
                (Some(usize::MAX), [noise(length), list(9, 5)].concat()),
                (Some(length), list(length / 30, 7)),
                (Some(usize::MAX), list(length / 30, 8)),
            ]);
        }
    }
}

#[test]
fn texts_longer_than_any_block_arrive() {
    let long = list(120_000, 3);
    assert!(long.len() > 1 << 22);
    check_all(&[(None, long.clone()), (Some(usize::MAX), list(10, 2)), (Some(usize::MAX), noise(3 << 20))]);
}

#[test]
fn what_is_stored_arrives_in_blocks_of_any_length() {
    for codec in Codec::ALL {
        for length in [0, 1, 64, 65_535, 65_536, 65_537, 200_000] {
            let text = noise(length);
            let stored = codec.stored(&text);
            assert!(stored.len() <= length + 5 * (length / 65_535 + 1));
            let decoders = if codec == Codec::Br { decoders::br() } else { decoders::gzip() };
            for mut decoder in decoders {
                assert!(decoder.decode(&[codec.head(), &stored].concat()) == text);
            }
        }
    }
}

#[test]
fn a_match_that_begins_at_the_last_byte_of_the_dictionary_arrives() {
    // Copies of one byte, if the compressor was to cut them off where the dictionary ends.
    let text = b"one two three four five six seven eight nine ten ".repeat(30);
    for cut in 0..60 {
        check_all(&[
            (None, text[..=cut].to_vec()),
            (Some(usize::MAX), text[cut + 1..].to_vec()),
            (Some(cut), [&text[cut..], &text[..cut]].concat()),
        ]);
    }
}

#[test]
fn a_changed_row_costs_little_however_long_the_list_is() {
    let lengths = |rows| {
        let (old, new) = (list(rows, 3), list(rows, rows / 2));
        (old.len(), Codec::ALL.map(|codec| codec.segment(&old, &new).len()))
    };
    let (length, [gzip, br]) = lengths(400);
    assert!((20_000..24_000).contains(&length) && gzip <= 400 && br <= 65, "{length}: {gzip}, {br}");
    let (length, [_, br]) = lengths(2_300);
    assert!((128_000..132_000).contains(&length) && br <= 100, "{length}: {br}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pieces_arrive(pieces in prop::collection::vec((prop::option::of(0..40_000usize), text()), 1..6)) {
        check_all(&pieces);
    }
}

/// Bytes, or words that repeat, in which compressors find something.
fn text() -> impl Strategy<Value = Vec<u8>> {
    let words = prop::collection::vec(
        prop::sample::select(vec!["<li>", "</li>", "a", "zu", "done ", "ä", "\n"]),
        0..800,
    );
    prop_oneof![
        1 => prop::collection::vec(any::<u8>(), 0..3_000),
        2 => words.prop_map(|words| words.concat().into_bytes()),
        1 => (1..1_500usize, 0..1_500usize).prop_map(|(rows, changed)| list(rows, changed)),
    ]
}
