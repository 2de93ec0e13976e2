//! Which cells there are, and for whom.

use super::*;

#[test]
fn nobody_looking_nothing_rendered() {
    let mut live = Live::new();
    live.changed(&["todos"]);
    live.engine.gap();
    assert!(live.idle());

    let tab = live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.engine.close(tab);
    live.changed(&["todos"]);
    assert!(live.idle());
    assert_eq!((live.engine.cells(), live.engine.streams()), (0, 0));
}

#[test]
fn a_cell_that_was_closed_while_queued_is_not_rendered() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST]);
    live.engine.close(tab);
    assert!(live.idle());
    assert_eq!(live.engine.due(), None);
}

#[test]
fn a_shared_region_is_rendered_once_for_a_hundred_viewers() {
    let mut live = Live::new();
    let tabs: Vec<_> = (0..100).map(|id| live.open(&id.to_string(), &[&LIST])).collect();
    assert_eq!(live.render(frame("1", &["todos"])), tabs);
    assert!(live.idle());
    for tab in tabs {
        assert_eq!(live.take(tab).unwrap(), "1");
    }
}

#[test]
fn a_personal_region_is_rendered_for_each_viewer_and_seen_by_nobody_else() {
    let mut live = Live::new();
    let ada = live.open("ada", &[&MINE]);
    let eve = live.open("eve", &[&MINE]);
    let second = live.open("ada", &[&MINE]);
    for _ in 0..2 {
        let job = live.begin();
        let name = job.subject.viewer().unwrap().id().to_owned();
        live.end(&job, frame(&name, &["todos"]));
    }
    assert!(live.idle());
    assert_eq!(live.take(ada).unwrap(), "ada");
    assert_eq!(live.take(second).unwrap(), "ada");
    assert_eq!(live.take(eve).unwrap(), "eve");
    assert_eq!(live.take(eve), None);
}

#[test]
fn a_shared_job_knows_no_viewer() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    assert_eq!(live.begin().subject.viewer(), None);
}

#[test]
fn other_arguments_are_another_cell() {
    let mut live = Live::new();
    for id in [1, 2, 1] {
        live.engine.open(&viewer("ada"), &[Embed::new(&LIST, Args::new(&(id,)))]);
    }
    assert_eq!(live.engine.cells(), 2);
}

#[test]
fn a_region_that_is_named_twice_counts_once_and_a_stream_is_closed_once() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST, &LIST]);
    live.render(frame("1", &[]));
    assert!(live.take(tab).is_some());
    assert!(live.take(tab).is_none());
    live.engine.close(tab);
    live.engine.close(tab);
    assert!(live.take(tab).is_none());
    assert!(live.engine.take_problems(tab).is_none());
}
