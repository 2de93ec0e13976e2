//! Who looks.

use super::*;
use crate::viewer::Present;

#[test]
fn who_looks_is_told_once_each_and_sorted_and_rendered_when_it_changes() {
    let ids = |present: &Present| present.iter().map(|viewer| viewer.id().to_owned()).collect::<Vec<_>>();
    let mut live = Live::new();
    live.open("eve", &[&WHO]);
    live.open("ada", &[&WHO]);
    let second = live.open("ada", &[&WHO]);
    let job = live.begin();
    assert_eq!(ids(&job.present), ["ada", "eve"]);
    live.end(&job, frame("ada, eve", &[]));
    assert!(live.idle());

    let bob = live.open("bob", &[&WHO]);
    assert_eq!(live.take(bob), None, "the frame without it is not for it");
    let job = live.begin();
    assert_eq!(ids(&job.present), ["ada", "bob", "eve"]);
    live.engine.close(second);
    live.engine.close(bob);
    live.end(&job, frame("ada, bob, eve", &[]));
    let job = live.begin();
    assert_eq!(ids(&job.present), ["ada", "eve"]);
}

#[test]
fn a_personal_region_shows_everyone_who_looks_at_the_same_thing() {
    let mut live = Live::new();
    live.open("ada", &[&WHO_BUT_ME]);
    live.render(frame("nobody", &[]));
    let eve = live.open("eve", &[&WHO_BUT_ME]);
    let jobs = [live.begin(), live.begin()];
    assert!(jobs.iter().all(|job| job.present.len() == 2));
    for job in &jobs {
        live.end(job, frame("one", &[]));
    }
    live.engine.close(eve);
    assert_eq!(live.begin().present.len(), 1);
    assert!(live.idle());
}

#[test]
fn a_region_that_does_not_ask_who_looks_is_not_told() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    live.render(frame("1", &[]));
    live.open("eve", &[&LIST]);
    assert!(live.idle());
    live.engine.gap();
    assert!(live.begin().present.is_empty());
}
