use std::io::Write as _;

use brotli::DecompressorWriter;
use flate2::write::GzDecoder;
use http::HeaderValue;
use proptest::prelude::*;

use super::*;

fn negotiated(values: &[&str]) -> Coding {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(ACCEPT_ENCODING, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    Coding::negotiate(&headers)
}

#[test]
fn the_client_gets_what_it_likes_best() {
    use Coding::{Br, Gzip, Identity};
    for (values, coding) in [
        (vec![], Identity),
        (vec![""], Identity),
        (vec!["gzip, deflate, br, zstd"], Br),
        (vec!["gzip, deflate"], Gzip),
        (vec!["gzip", "br"], Br),
        (vec!["GZIP;Q=0.5"], Gzip),
        (vec!["br;q=0.2, gzip;q=0.8"], Gzip),
        (vec!["br;q=0, gzip;q=0.001"], Gzip),
        (vec!["br;q=0, *"], Gzip),
        (vec!["*"], Br),
        (vec!["*;q=0"], Identity),
        (vec!["identity;q=0"], Identity),
        (vec!["identity, br;q=0.5"], Identity),
        (vec!["identity;q=0.5, br"], Br),
        (vec!["br ; q=0.5 , gzip ; q=1.0"], Gzip),
        (vec!["zstd"], Identity),
        (vec![",,;q=1,"], Identity),
        (vec!["br;q=high"], Br),
        (vec!["br;q=NaN"], Br),
        (vec!["gzip;q=-1"], Gzip),
        (vec!["\u{ff}"], Identity),
    ] {
        assert_eq!(negotiated(&values), coding, "{values:?}");
    }
}

/// What a browser does: decodes what has arrived, as far as it goes.
enum Decoder {
    Identity(Vec<u8>),
    Gzip(Box<GzDecoder<Vec<u8>>>),
    Br(Box<DecompressorWriter<Vec<u8>>>),
}

impl Decoder {
    fn new(coding: Coding) -> Self {
        match coding {
            Coding::Identity => Self::Identity(Vec::new()),
            Coding::Gzip => Self::Gzip(Box::new(GzDecoder::new(Vec::new()))),
            // Its buffer takes the largest piece: this decoder keeps what does not fit until the next write.
            Coding::Br => Self::Br(Box::new(DecompressorWriter::new(Vec::new(), 1 << 20))),
        }
    }

    fn decode(&mut self, piece: &[u8]) -> Vec<u8> {
        match self {
            Self::Identity(decoded) => {
                decoded.extend(piece);
                std::mem::take(decoded)
            }
            Self::Gzip(decoder) => {
                decoder.write_all(piece).unwrap();
                decoder.flush().unwrap();
                std::mem::take(decoder.get_mut())
            }
            Self::Br(decoder) => {
                decoder.write_all(piece).unwrap();
                decoder.flush().unwrap();
                std::mem::take(decoder.get_mut())
            }
        }
    }

    /// Fails if the stream is not complete.
    fn end(self) {
        match self {
            Self::Identity(_) => {}
            Self::Gzip(decoder) => drop(decoder.finish().unwrap()),
            Self::Br(mut decoder) => decoder.close().unwrap(),
        }
    }
}

fn assert_each_piece_arrives(coding: Coding, pieces: &[Vec<u8>]) {
    let (mut encoder, mut decoder) = (Encoder::new(coding), Decoder::new(coding));
    for piece in pieces {
        let coded = encoder.encode(Bytes::copy_from_slice(piece));
        assert!(decoder.decode(&coded) == *piece, "{coding:?}: a piece did not arrive whole");
    }
    assert!(decoder.decode(&encoder.finish()).is_empty());
    decoder.end();
}

fn list(count: u32) -> Vec<u8> {
    let mut html = Vec::new();
    for id in 0..count {
        let _ = writeln!(html, "<li id=\"todo-{id}\"><button>{id}</button></li>");
    }
    html
}

#[test]
fn each_frame_is_decoded_as_soon_as_it_arrives() {
    let pieces =
        [list(1), list(1_000), b"event: datastar-ping\n\n".to_vec(), list(1_001), list(20_000), list(3)];
    for coding in [Coding::Identity, Coding::Gzip, Coding::Br] {
        assert_each_piece_arrives(coding, &pieces);
    }
}

#[test]
fn a_frame_that_was_sent_before_costs_little() {
    let frame = Bytes::from(list(500));
    for coding in [Coding::Gzip, Coding::Br] {
        let mut encoder = Encoder::new(coding);
        let first = encoder.encode(frame.clone()).len();
        let second = encoder.encode(frame.clone()).len();
        assert!(first < frame.len() / 3, "{coding:?}: {first}");
        assert!(second < first / 5, "{coding:?}: {second} after {first}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_arrive(
        pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 1..5_000), 1..6),
    ) {
        for coding in [Coding::Gzip, Coding::Br] {
            assert_each_piece_arrives(coding, &pieces);
        }
    }
}
