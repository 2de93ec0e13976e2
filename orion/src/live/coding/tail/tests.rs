//! What a tail keeps.

use bytes::Bytes;

use super::*;
use crate::live::engine::CellId;

/// Texts that somebody keeps, and the tail of a stream that has received them.
struct Received {
    codec: Codec,
    texts: Vec<Arc<Text>>,
    tail: Vec<Link>,
}

const A: Source = shared(1);
const B: Source = shared(2);
const MINE: Source = Source::Cell { cell: CellId::numbered(3), personal: true };

const fn shared(cell: u64) -> Source {
    Source::Cell { cell: CellId::numbered(cell), personal: false }
}

impl Received {
    fn new(codec: Codec) -> Self {
        Self { codec, texts: Vec::new(), tail: Vec::new() }
    }

    fn receive(&mut self, source: Source, length: usize) {
        let text = Text::new(source, Bytes::from(vec![b'x'; length]));
        self.tail = after(&self.tail, &text, self.codec);
        self.texts.push(text);
    }

    fn receive_all(&mut self, texts: &[(Source, usize)]) -> &mut Self {
        for &(source, length) in texts {
            self.receive(source, length);
        }
        self
    }

    /// Which of the received texts are in the tail.
    fn kept(&self) -> Vec<usize> {
        let place = |link: &Link| self.texts.iter().position(|text| text.number == link.number).unwrap();
        self.tail.iter().map(place).collect()
    }
}

fn kept(texts: &[(Source, usize)]) -> Vec<usize> {
    Received::new(Codec::Br).receive_all(texts).kept()
}

const PING: (Source, usize) = (Source::Ping, 22);

#[test]
fn a_tail_is_the_shortest_that_has_the_last_version_of_every_region() {
    assert_eq!(kept(&[(A, 10)]), [0]);
    assert_eq!(kept(&[(A, 10), (A, 10)]), [1]);
    assert_eq!(kept(&[(B, 10), (A, 10), (A, 10), (A, 10)]), [0, 1, 2, 3], "it has no holes");
    assert_eq!(kept(&[(B, 10), (A, 10), (A, 10), (B, 10)]), [2, 3]);
    assert_eq!(kept(&[(A, 10), (B, 10), (A, 10), (B, 10), (A, 10)]), [3, 4]);
}

#[test]
fn a_ping_is_in_it_but_never_its_beginning() {
    assert_eq!(kept(&[PING]), [0; 0]);
    assert_eq!(kept(&[PING, (A, 10)]), [1]);
    assert_eq!(kept(&[(A, 10), PING, PING]), [0, 1, 2]);
    assert_eq!(kept(&[(A, 10), PING, (A, 10)]), [2]);
}

#[test]
fn a_region_that_does_not_change_for_sixteen_frames_falls_out() {
    let mut received = Received::new(Codec::Br);
    received.receive_all(&[(B, 10)]).receive_all(&[(A, 10); 15]);
    assert_eq!(received.kept().len(), 16);
    received.receive(A, 10);
    assert_eq!(received.kept(), [16], "and with it what was there only because of it");
}

#[test]
fn a_page_that_is_quiet_for_a_quarter_of_an_hour_falls_out() {
    let mut received = Received::new(Codec::Br);
    received.receive_all(&[(A, 10)]).receive_all(&[PING; 64]);
    assert_eq!(received.kept().len(), 65);
    received.receive(Source::Ping, 22);
    assert_eq!(received.kept(), [0; 0]);
}

#[test]
fn half_a_window_is_kept_but_the_newest_frame_always() {
    assert_eq!(kept(&[(A, 100_000), (B, 30_000)]), [0, 1]);
    assert_eq!(kept(&[(A, 100_000), (B, 40_000)]), [1]);
    assert_eq!(kept(&[(A, 10), (B, 1_000_000)]), [1]);
    assert_eq!(Received::new(Codec::Gzip).receive_all(&[(A, 10_000), (B, 10_000)]).kept(), [1]);
}

#[test]
fn what_one_viewer_alone_has_goes_when_there_is_more_behind_it_that_everyone_has() {
    assert_eq!(kept(&[(MINE, 100), (A, 99)]), [0, 1]);
    assert_eq!(kept(&[(MINE, 100), (A, 99), (B, 1)]), [1, 2]);
    assert_eq!(kept(&[(A, 100), (MINE, 100), (A, 100)]), [2]);
    assert_eq!(kept(&[(MINE, 100)]), [0], "a page with nothing else shares nothing, but has its dictionary");
    assert_eq!(kept(&[(A, 10), (MINE, 0)]), [0, 1]);
}
