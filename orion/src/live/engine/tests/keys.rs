//! Who hears of a change of some rows of a table.

use super::*;
use crate::topic::Key;

fn cards(board: i64) -> Topics {
    Topics::from([Topic::keyed("cards", Key::integer(board))])
}

/// The list of a board.
fn board(id: i64) -> Embed {
    Embed::new(&LIST, Args::new(&(id,)))
}

/// Streams of these boards, each rendered once from its own cards.
fn boards(ids: std::ops::Range<i64>) -> Live {
    let mut live = Live::new();
    for id in ids {
        live.engine.open(&viewer("ada"), &[board(id)]);
        let job = live.begin();
        live.end(&job, Outcome { result: Ok(Bytes::from(id.to_string())), reads: cards(id) });
    }
    live.now += 1_000;
    live
}

fn due(live: &mut Live) -> Vec<String> {
    std::iter::from_fn(|| live.next()).map(|job| job.subject.embed().to_string()).collect()
}

#[test]
fn a_change_of_one_board_of_ten_thousand_marks_one_cell() {
    let mut live = boards(0..10_000);
    live.engine.changed(&cards(4_711));
    assert_eq!(due(&mut live), [board(4_711).to_string()]);
}

#[test]
fn a_change_of_the_whole_table_marks_all_who_read_a_key_of_it() {
    let mut live = boards(1..4);
    live.changed(&["card", "cards2", "card_s"]);
    assert!(due(&mut live).is_empty());
    live.changed(&["cards"]);
    assert_eq!(due(&mut live).len(), 3);
}

#[test]
fn who_reads_the_whole_table_hears_of_every_key() {
    let mut live = boards(1..3);
    live.open("eve", &[&COUNT]);
    live.render(frame("2", &["cards"]));
    live.now += 1_000;
    live.engine.changed(&cards(2));
    assert_eq!(due(&mut live).len(), 2);
}

#[test]
fn a_key_that_is_read_no_more_is_heard_no_more() {
    let mut live = boards(1..2);
    live.engine.changed(&cards(1));
    let job = live.begin();
    live.end(&job, Outcome { result: Ok("2".into()), reads: cards(2) });
    live.engine.changed(&cards(1));
    assert!(live.idle());
    live.engine.changed(&cards(2));
    assert!(!live.idle());
}

#[test]
fn during_a_render_only_a_change_of_what_it_read_is_a_reason_for_another() {
    for (changed, again) in [(cards(1), true), (cards(2), false), (topics(&["cards"]), true)] {
        let mut live = boards(0..0);
        live.engine.open(&viewer("ada"), &[board(1)]);
        let job = live.begin();
        live.engine.changed(&changed);
        live.end(&job, Outcome { result: Ok("1".into()), reads: cards(1) });
        assert_eq!(!live.idle(), again, "{changed:?}");
    }
    let mut live = Live::new();
    live.open("ada", &[&COUNT]);
    let job = live.begin();
    live.engine.changed(&cards(1));
    live.end(&job, frame("1", &["cards"]));
    assert!(!live.idle(), "who reads the whole table hears of every key");
}
