//! How often cells are rendered whose regions say so themselves.

use std::time::Duration;

use super::*;

const SLOW: Region = Region::new("todos", "slow", never).every(Duration::from_millis(50));
const QUICK: Region = Region::new("todos", "quick", never).every(Duration::ZERO);
const NEVER_AGAIN: Region = Region::new("todos", "never_again", never).every(Duration::MAX);

/// A cell of this region that was rendered, idle for long, changed and rendered at once, then changed again.
fn changed_twice(region: &'static Region) -> Live {
    let mut live = Live::new();
    live.open("ada", &[region]);
    let job = live.next().expect("a new cell is rendered");
    live.end(&job, frame("1", &["todos"]));
    live.now += 1_000;
    live.changed(&["todos"]);
    if let Some(job) = live.next() {
        live.end(&job, frame("2", &["todos"]));
        live.changed(&["todos"]);
    }
    live
}

#[test]
fn a_region_has_its_own_window_and_the_first_change_is_still_due_at_once() {
    let mut live = changed_twice(&SLOW);
    assert_eq!(live.engine.due(), Some(live.now + 50));
    live.now += 49;
    assert!(live.next().is_none());
    live.now += 1;
    assert!(live.next().is_some());
}

#[test]
fn a_region_without_a_window_is_rendered_for_every_change() {
    let mut live = changed_twice(&QUICK);
    assert_eq!(live.engine.due(), Some(live.now));
    assert!(live.next().is_some());
}

#[test]
fn the_window_of_one_region_is_not_that_of_another() {
    let mut live = Live::new();
    live.open("ada", &[&SLOW, &LIST]);
    for name in ["slow", "list"] {
        let job = live.next().unwrap();
        assert_eq!(job.subject.embed().region.name, name);
        live.end(&job, frame(name, &["todos"]));
    }
    live.changed(&["todos"]);
    live.now += WINDOW;
    assert_eq!(live.next().unwrap().subject.embed().region.name, "list");
    assert!(live.next().is_none());
}

#[test]
fn the_longest_window_is_a_window() {
    let mut live = changed_twice(&NEVER_AGAIN);
    live.now += 1_000_000;
    assert!(live.next().is_none());
    assert_eq!(live.engine.due(), Some(u64::MAX));
}
