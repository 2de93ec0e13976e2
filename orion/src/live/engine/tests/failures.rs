//! Renders that fail or come too late.

use super::*;

#[test]
fn a_result_for_a_cell_that_is_gone_is_dropped() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST]);
    let job = live.begin();
    live.engine.close(tab);
    let tab = live.open("ada", &[&LIST]);
    assert_eq!(live.end(&job, frame("old", &["todos"])), []);
    assert_eq!(live.take(tab), None);
    live.render(frame("new", &["todos"]));
    assert_eq!(live.take(tab).unwrap(), "new");
    assert_eq!(live.end(&job, frame("old", &["todos"])), [], "a result counts once");
}

#[test]
fn a_failed_render_keeps_the_last_good_frame() {
    let mut live = Live::new();
    live.open("ada", &[&LIST]);
    live.render(frame("1", &["todos"]));
    live.changed(&["todos"]);
    live.render(failure("no", &["todos"]));
    let eve = live.open("eve", &[&LIST]);
    assert_eq!(live.take(eve), None, "another attempt is made for it first");
    live.render(failure("no", &["todos"]));
    assert_eq!(live.take(eve).unwrap(), "1");
}

#[test]
fn a_failed_render_is_repeated_after_a_change_of_what_it_read_before_or_until_it_failed() {
    for topic in ["todos", "tags"] {
        let mut live = Live::new();
        let tab = live.open("ada", &[&LIST]);
        live.render(frame("1", &["todos"]));
        live.changed(&["todos"]);
        live.render(failure("no", &["tags"]));
        assert!(live.idle());
        live.changed(&[topic]);
        live.render(frame("2", &["todos"]));
        assert_eq!(live.take(tab).unwrap(), "2");
    }
}

#[test]
fn a_failed_render_is_repeated_later_and_later_without_a_change() {
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST]);
    live.render(failure("busy", &[]));
    for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
        assert_eq!(live.engine.due(), Some(live.now + seconds * 1_000));
        live.now += seconds * 1_000;
        let job = live.next().unwrap();
        live.end(&job, failure("busy", &[]));
    }
    live.now += 60_000;
    let job = live.next().unwrap();
    live.end(&job, frame("1", &["todos"]));
    assert_eq!(live.take(tab).unwrap(), "1");
    assert_eq!(live.engine.due(), None);
    live.changed(&["todos"]);
    live.render(failure("busy", &["todos"]));
    assert_eq!(live.engine.due(), Some(live.now + 1_000), "from the start again");
}

#[test]
fn problems_are_told_when_they_come_change_and_go_and_to_every_new_stream() {
    let texts = |problems: Option<Vec<Problem>>| {
        problems.map(|all| all.iter().map(|problem| problem.text.to_string()).collect::<Vec<_>>())
    };
    let mut live = Live::new();
    let tab = live.open("ada", &[&LIST, &COUNT]);
    assert_eq!(texts(live.engine.take_problems(tab)), Some(vec![]), "what it may still show is taken back");
    assert_eq!(texts(live.engine.take_problems(tab)), None);

    assert_eq!(live.render(failure("one", &["todos"])), [tab]);
    assert_eq!(live.render(failure("two", &["todos"])), [tab]);
    assert_eq!(texts(live.engine.take_problems(tab)), Some(vec!["one".into(), "two".into()]));
    live.changed(&["todos"]);
    assert_eq!(live.render(failure("one", &["todos"])), [], "the same as before");
    assert_eq!(texts(live.engine.take_problems(tab)), None);
    assert_eq!(live.render(frame("count", &["todos"])), [tab]);
    assert_eq!(texts(live.engine.take_problems(tab)), Some(vec!["one".into()]));

    let second = live.open("ada", &[&LIST]);
    assert_eq!(texts(live.engine.take_problems(second)), Some(vec!["one".into()]));
}
