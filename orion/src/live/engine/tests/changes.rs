//! What is rendered when.

use super::*;

#[test]
fn a_change_between_paint_and_stream_is_rendered() {
    let mut live = Live::new();
    // The page was painted before this, its stream opens after it.
    live.changed(&["todos"]);
    let tab = live.open("ada", &[&LIST]);
    live.render(frame("2", &["todos"]));
    assert_eq!(live.take(tab).unwrap(), "2");
}

#[test]
fn a_change_during_the_first_render_is_not_lost_though_nothing_is_known_to_be_read() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST]);
    let job = live.begin();
    live.changed(&["todos"]);
    live.end(&job, frame("1", &["todos"]));
    live.render(frame("2", &["todos"]));
    assert_eq!(live.take(tab).unwrap(), "2");
}

#[test]
fn a_change_during_a_render_of_what_only_the_new_render_read_is_not_lost() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.changed(&["todos"]);
    let job = live.begin();
    live.changed(&["tags"]);
    live.end(&job, frame("2", &["todos", "tags"]));
    live.render(frame("3", &["todos", "tags"]));
    assert_eq!(live.take(tab).unwrap(), "3");
}

#[test]
fn a_change_during_a_render_of_something_else_is_no_reason_to_render_again() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    let job = live.begin();
    live.changed(&["users"]);
    live.end(&job, frame("1", &["todos"]));
    assert!(live.idle());
}

#[test]
fn what_is_read_no_more_is_heard_no_more() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos", "tags"]));
    live.changed(&["todos"]);
    live.render(frame("2", &["todos"]));
    live.changed(&["tags"]);
    assert!(live.idle());
}

#[test]
fn renders_of_one_cell_never_overlap() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.changed(&["todos"]);
    let job = live.begin();
    live.changed(&["todos"]);
    live.engine.gap();
    live.open("eve", &[&LIST]);
    assert!(live.idle(), "it is being rendered");
    live.end(&job, frame("2", &["todos"]));
    assert_eq!(live.begin().cell, job.cell);
}

#[test]
fn many_changes_become_one_render() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    live.changed(&["todos"]);
    let job = live.begin();
    for _ in 0..100 {
        live.changed(&["todos"]);
    }
    live.end(&job, frame("1", &["todos"]));
    for _ in 0..100 {
        live.changed(&["todos"]);
    }
    live.render(frame("2", &["todos"]));
    assert!(live.idle());
}

#[test]
fn the_first_change_is_due_at_once_and_further_ones_at_the_end_of_the_window() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.now += 1_000;
    let changed_at = live.now;

    live.changed(&["todos"]);
    let job = live.next().expect("the first change is due at once");
    live.now += 1;
    live.end(&job, frame("2", &["todos"]));
    live.changed(&["todos"]);
    assert!(live.next().is_none());
    assert_eq!(live.engine.due(), Some(changed_at + WINDOW));
    live.now = changed_at + WINDOW;
    assert!(live.next().is_some());
}

#[test]
fn cells_are_rendered_in_the_order_in_which_they_became_due() {
    let mut live = Live::new();
    live.open("ada", &[&LIST, &COUNT]);
    live.render(frame("list", &["todos"]));
    live.now += 10_000;
    let count = live.next().unwrap();
    assert_eq!(count.subject.embed().region.name, "count");
    live.open("eve", &[&MINE]);
    live.changed(&["todos"]);
    let order: Vec<_> =
        std::iter::from_fn(|| live.next()).map(|job| job.subject.embed().region.name).collect();
    assert_eq!(order, ["mine", "list"], "a cell that was idle for long does not overtake");
}

#[test]
fn a_gap_renders_everything_also_what_is_being_rendered() {
    let mut live = Live::new();
    live.open("ada", &[&LIST, &COUNT]);
    live.render(frame("list", &["todos"]));
    let job = live.begin();
    live.engine.gap();
    live.end(&job, frame("count", &[]));
    let again: Vec<_> = [live.begin(), live.begin()].map(|job| job.subject.embed().region.name).into();
    assert_eq!(again, ["list", "count"]);
    assert!(live.idle());
}

#[test]
fn more_topics_than_can_be_kept_during_a_render_are_a_gap() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    let job = live.begin();
    for key in 0..20_000 {
        live.engine.changed(&Topics::from([Topic::declared("todos", "Board", key)]));
    }
    live.end(&job, frame("1", &["todos"]));
    live.render(frame("2", &["todos"]));
    assert!(live.idle());
}
