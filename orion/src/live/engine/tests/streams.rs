//! What a stream takes.

use super::*;

#[test]
fn an_unchanged_result_is_not_sent() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.take(tab);
    live.changed(&["todos"]);
    assert_eq!(live.render(frame("1", &["todos"])), []);
    assert_eq!(live.take(tab), None);
}

#[test]
fn an_empty_frame_is_a_frame() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST]);
    live.render(frame("", &[]));
    assert_eq!(live.take(tab).unwrap(), "");
}

#[test]
fn the_latest_wins() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST]);
    for text in ["1", "2", "3"] {
        live.changed(&["todos"]);
        live.render(frame(text, &["todos"]));
    }
    assert_eq!(live.take(tab).unwrap(), "3");
    assert_eq!(live.take(tab), None);
}

#[test]
fn a_cell_that_always_has_something_new_lets_the_others_have_their_turn() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST, &COUNT]);
    live.render(frame("list 1", &["todos"]));
    live.render(frame("count 1", &[]));
    assert_eq!(live.take(tab).unwrap(), "list 1");
    live.changed(&["todos"]);
    live.render(frame("list 2", &["todos"]));
    assert_eq!(live.take(tab).unwrap(), "count 1");
    assert_eq!(live.take(tab).unwrap(), "list 2");
}

#[test]
fn a_stream_on_a_rendered_cell_takes_its_frame_at_once() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    let eve = live.open("eve", &[&LIST]);
    assert_eq!(live.take(eve).unwrap(), "1");
    assert!(live.idle());
}

#[test]
fn a_new_stream_does_not_take_a_frame_that_may_be_older_than_its_page() {
    let mut live = Live::new();
    let ada = live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.changed(&["todos"]);
    // Painted here, with the change. What ada may still take would be a step back.
    let eve = live.open("eve", &[&LIST]);
    assert_eq!(live.take(eve), None);
    assert_eq!(live.take(ada).unwrap(), "1");
    assert_eq!(live.render(frame("2", &["todos"])), [ada, eve]);
    assert_eq!(live.take(eve).unwrap(), "2");
}

#[test]
fn a_new_stream_takes_the_old_frame_when_the_render_changed_nothing() {
    let mut live = Live::new();
    let ada = live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.take(ada);
    live.changed(&["todos"]);
    let job = live.begin();
    let eve = live.open("eve", &[&LIST]);
    assert_eq!(live.take(eve), None);
    assert_eq!(live.end(&job, frame("1", &["todos"])), [eve]);
    assert_eq!(live.take(eve).unwrap(), "1");
}

#[test]
fn a_new_stream_waits_for_one_render_even_if_changes_never_end() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.changed(&["todos"]);
    let job = live.begin();
    live.changed(&["todos"]);
    let eve = live.open("eve", &[&LIST]);
    live.end(&job, frame("2", &["todos"]));
    assert_eq!(live.take(eve), None, "begun before the change that its page may show");
    let job = live.begin();
    live.changed(&["todos"]);
    live.end(&job, frame("3", &["todos"]));
    assert_eq!(live.take(eve).unwrap(), "3");
}
