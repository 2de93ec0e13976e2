//! Who shares, from when on, and what is left behind.

use std::sync::Barrier;

use proptest::prelude::*;

use super::*;
use crate::live::coding::tests::decoders;
use crate::live::engine::CellId;

/// A region's frames, each made from the one before.
struct Region {
    cell: CellId,
    personal: bool,
    frame: Option<Arc<Frame>>,
}

impl Region {
    fn new(cell: u64) -> Self {
        Self { cell: CellId::numbered(cell), personal: false, frame: None }
    }

    fn changed(&mut self, mark: usize) -> Arc<Frame> {
        let row = |row| format!("<li>{row} {}</li>\n", if row == mark % 60 { mark } else { 0 });
        let rows: String = (0..60).map(row).collect();
        let text = format!("event: datastar-patch-elements\ndata: elements {:?}\n{rows}\n", self.cell);
        let frame = Frame::new(self.cell, self.personal, text.into(), self.frame.as_deref());
        self.frame = Some(Arc::clone(&frame));
        frame
    }
}

fn histories() -> Histories {
    Histories::new(Bytes::from_static(b"event: datastar-ping\n\n"), 1 << 20)
}

fn streams<const N: usize>() -> [History; N] {
    [(); N].map(|()| History::unknown(Codec::Br))
}

fn nodes(histories: &Histories) -> usize {
    lock(&histories.table).len()
}

/// Whether two pieces are the same bytes of memory.
fn same(one: &Bytes, two: &Bytes) -> bool {
    one.as_ptr() == two.as_ptr() && one.len() == two.len()
}

#[test]
fn streams_that_have_received_the_same_are_sent_the_same_bytes_of_memory() {
    let (histories, mut list) = (histories(), Region::new(1));
    let [mut one, mut two] = streams();
    for mark in 0..3 {
        let frame = list.changed(mark);
        let pieces = [histories.send(&mut one, &frame), histories.send(&mut two, &frame)];
        assert!(same(&pieces[0], &pieces[1]));
        assert_eq!(pieces[0].len() < 70, mark > 0, "{}", pieces[0].len());
    }
    assert_eq!(nodes(&histories), 1);
}

#[test]
fn streams_that_came_at_different_times_share_from_the_next_frame_on() {
    let (histories, mut list) = (histories(), Region::new(1));
    let [mut early, mut late] = streams();
    for mark in 0..5 {
        let _ = histories.send(&mut early, &list.changed(mark));
    }
    let _ = histories.send(&mut late, list.frame.as_ref().unwrap());
    let frame = list.changed(6);
    let pieces = [histories.send(&mut early, &frame), histories.send(&mut late, &frame)];
    assert!(same(&pieces[0], &pieces[1]) && pieces[0].len() < 70);
}

#[test]
fn a_stream_that_skipped_a_frame_shares_again_after_the_next() {
    let (histories, mut list) = (histories(), Region::new(1));
    let [mut quick, mut slow] = streams();
    let first = list.changed(0);
    let _ = histories.send(&mut quick, &first);
    let _ = histories.send(&mut slow, &first);
    let _ = histories.send(&mut quick, &list.changed(1));
    let third = list.changed(2);
    let pieces = [histories.send(&mut quick, &third), histories.send(&mut slow, &third)];
    assert!(!same(&pieces[0], &pieces[1]) && pieces.iter().all(|piece| piece.len() < 90));
    let fourth = list.changed(3);
    assert!(same(&histories.send(&mut quick, &fourth), &histories.send(&mut slow, &fourth)));
}

#[test]
fn pages_with_several_regions_share_when_they_received_them_in_one_order() {
    let (histories, mut list, mut count) = (histories(), Region::new(1), Region::new(2));
    let [mut one, mut two] = streams();
    for mark in 0..40 {
        let frame = if mark % 7 == 0 { count.changed(mark) } else { list.changed(mark) };
        assert!(same(&histories.send(&mut one, &frame), &histories.send(&mut two, &frame)));
        if mark % 3 == 0 {
            assert!(same(&histories.send_ping(&mut one), &histories.send_ping(&mut two)));
        }
    }
}

#[test]
fn what_one_stream_alone_is_told_makes_its_next_frame_a_whole_one_and_then_it_shares() {
    let (histories, mut list) = (histories(), Region::new(1));
    let [mut told, mut other] = streams();
    let first = list.changed(0);
    let _ = histories.send(&mut told, &first);
    let _ = histories.send(&mut other, &first);
    assert!(histories.send_alone(&mut told, b"event: hello\n\n").len() < 30);
    let second = list.changed(1);
    let whole = histories.send(&mut told, &second);
    assert!(whole.len() > 100 && histories.send(&mut other, &second).len() < 70);
    let [mut new] = streams();
    assert!(same(&whole, &histories.send(&mut new, &second)), "it is one that is for every stream");
    let third = list.changed(2);
    assert!(same(&histories.send(&mut told, &third), &histories.send(&mut other, &third)));
}

#[test]
fn the_same_bytes_again_are_another_frame() {
    let (histories, mut list) = (histories(), Region::new(1));
    let [mut one, mut two] = streams();
    for mark in [0, 1, 0] {
        let _ = histories.send(&mut one, &list.changed(mark));
    }
    let first = Region::new(1).changed(0);
    assert_eq!(first.bytes(), list.frame.as_ref().unwrap().bytes());
    let _ = histories.send(&mut two, &first);
    assert_ne!(one.after(), two.after());
}

#[test]
fn the_two_codings_do_not_mix() {
    let (histories, mut list) = (histories(), Region::new(1));
    let (mut br, mut gzip) = (History::unknown(Codec::Br), History::unknown(Codec::Gzip));
    for mark in 0..3 {
        let frame = list.changed(mark);
        assert_ne!(histories.send(&mut br, &frame), histories.send(&mut gzip, &frame));
        assert_ne!(histories.send_ping(&mut br), histories.send_ping(&mut gzip));
        assert_ne!(br.after(), gzip.after());
    }
}

#[test]
fn a_frame_is_compressed_for_so_many_histories_and_the_rest_starts_anew_together() {
    let (histories, mut list) = (histories(), Region::new(1));
    let mut streams: Vec<_> = (0..50).map(|_| History::unknown(Codec::Br)).collect();
    // Each stream has a history of its own: it skipped all frames but one.
    for (mark, stream) in streams.iter_mut().enumerate() {
        let _ = histories.send(stream, &list.changed(mark));
    }
    let frame = list.changed(50);
    let pieces: Vec<_> = streams.iter_mut().map(|stream| histories.send(stream, &frame)).collect();
    assert!(pieces[..32].iter().all(|piece| piece.len() < 100));
    assert!(pieces[32].len() > 100 && pieces[33..].iter().all(|piece| same(piece, &pieces[32])));
    let frame = list.changed(51);
    let pieces: Vec<_> = streams.iter_mut().map(|stream| histories.send(stream, &frame)).collect();
    assert!(pieces.iter().all(|piece| same(piece, &pieces[0])));
}

#[test]
fn a_stream_whose_dictionary_nobody_kept_is_sent_the_whole_frame() {
    let (histories, mut list) = (histories(), Region::new(1));
    let [mut slow, mut new] = streams();
    let _ = histories.send(&mut slow, &list.changed(0));
    let long = Frame::new(CellId::numbered(2), false, vec![b'x'; 1 << 21].into(), None);
    histories.shelf.keep(&long.text);
    list.changed(1);
    let frame = list.changed(2);
    let whole = histories.send(&mut slow, &frame);
    assert!(same(&whole, &histories.send(&mut new, &frame)));
    assert_eq!(slow.after(), new.after());
}

#[test]
fn the_frame_before_is_a_dictionary_though_nobody_else_kept_it() {
    let (histories, mut list) = (histories(), Region::new(1));
    let [mut stream] = streams();
    let _ = histories.send(&mut stream, &list.changed(0));
    let long = Frame::new(CellId::numbered(2), false, vec![b'x'; 1 << 21].into(), None);
    histories.shelf.keep(&long.text);
    assert!(histories.send(&mut stream, &list.changed(1)).len() < 70);
}

#[test]
fn nothing_is_left_of_histories_whose_streams_have_gone() {
    let (histories, mut list, mut count) = (histories(), Region::new(1), Region::new(2));
    let mut streams: [History; 5] = streams();
    for mark in 0..30 {
        let frame = if mark % 3 == 0 { count.changed(mark) } else { list.changed(mark) };
        let _ = histories.send(&mut streams[mark % 5], &frame);
        let _ = histories.send_ping(&mut streams[(mark + 1) % 5]);
    }
    assert!(nodes(&histories) > 1);
    drop((streams, list, count));
    assert_eq!(nodes(&histories), 0);
}

#[test]
fn of_many_threads_that_need_a_segment_one_makes_it() {
    let (histories, mut list) = (histories(), Region::new(1));
    let frames = [list.changed(0), list.changed(1), list.changed(2)];
    let together = Barrier::new(8);
    let pieces: Vec<Vec<Bytes>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..8)
            .map(|_| {
                scope.spawn(|| {
                    let [mut stream] = streams();
                    frames
                        .iter()
                        .map(|frame| {
                            together.wait();
                            histories.send(&mut stream, frame)
                        })
                        .collect()
                })
            })
            .collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for thread in &pieces {
        assert!(thread.iter().zip(&pieces[0]).all(|(one, two)| same(one, two)));
    }
}

#[test]
fn what_a_stream_keeps_is_a_few_words() {
    assert!(size_of::<History>() <= 16);
    assert!(size_of::<crate::live::coding::Encoder>() <= 48);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    /// More streams than a frame is compressed for, each with a history of its own at times.
    #[test]
    fn whatever_a_crowd_of_streams_skips_each_decodes_what_it_was_sent(
        turns in prop::collection::vec((0..3usize, any::<u64>(), any::<bool>()), 6..14),
        kept in 0..20_000usize,
    ) {
        let histories = Histories::new(Bytes::from_static(b"event: datastar-ping\n\n"), kept);
        let mut regions = [Region::new(1), Region::new(2), Region { personal: true, ..Region::new(3) }];
        let mut streams: Vec<_> = (0..64).map(|_| (History::unknown(Codec::Br), decoders::br())).collect();
        for (_, decoders) in &mut streams {
            decoders[0].decode(Codec::Br.head());
        }
        // A bit for each stream that takes the frame; the first and the last are everybody's.
        let everybody = [(0, u64::MAX, false)];
        for (mark, (region, takers, ping)) in everybody.into_iter().chain(turns).chain(everybody).enumerate() {
            let frame = regions[region].changed(mark);
            for (at, (history, [decoder, _])) in streams.iter_mut().enumerate() {
                if takers >> at & 1 == 1 {
                    prop_assert!(decoder.decode(&histories.send(history, &frame)) == *frame.bytes());
                } else if ping {
                    prop_assert!(decoder.decode(&histories.send_ping(history)) == histories.ping().bytes);
                }
            }
        }
        drop((streams, regions));
        prop_assert_eq!(nodes(&histories), 0);
    }
}
