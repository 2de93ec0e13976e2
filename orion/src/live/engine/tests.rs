//! Each rule of the engine, one sentence each.

use bytes::Bytes;
use maud::Markup;

use super::*;
use crate::decl::Region;
use crate::error::Result;
use crate::live::{Args, Scope};
use crate::topic::Topic;

const LIST: Region = Region::new("todos", "list", never);
const COUNT: Region = Region::new("todos", "count", never);
const MINE: Region = Region::new("todos", "mine", never).personal();
const WHO: Region = Region::new("todos", "who", never).present();
const WHO_BUT_ME: Region = Region::new("todos", "who_but_me", never).personal().present();

const WINDOW: u64 = 16;

fn never(_: &Scope<'_>) -> Result<Markup> {
    unreachable!("the engine renders nothing itself")
}

fn embed(region: &'static Region) -> Embed {
    Embed::new(region, Args::none())
}

fn viewer(id: &str) -> Viewer {
    Viewer::with_id(id)
}

fn topics(names: &[&'static str]) -> Topics {
    names.iter().map(|name| Topic::table(name)).collect()
}

fn frame(text: &str, reads: &[&'static str]) -> Outcome {
    Outcome { result: Ok(Bytes::copy_from_slice(text.as_bytes())), reads: topics(reads) }
}

fn failure(why: &str, reads: &[&'static str]) -> Outcome {
    Outcome { result: Err(why.to_owned()), reads: topics(reads) }
}

/// An engine with its clock.
struct Live {
    engine: Engine,
    now: u64,
}

impl Live {
    fn new() -> Self {
        Self { engine: Engine::new(WINDOW), now: 1_000 }
    }

    fn open(&mut self, id: &str, regions: &[&'static Region]) -> StreamId {
        let regions: Vec<_> = regions.iter().map(|region| embed(region)).collect();
        self.engine.open(&viewer(id), &regions)
    }

    fn changed(&mut self, names: &[&'static str]) {
        self.engine.changed(&topics(names));
    }

    fn next(&mut self) -> Option<Job> {
        self.engine.next(self.now)
    }

    /// The next job, which must be there, once the window has passed.
    fn begin(&mut self) -> Job {
        self.now += WINDOW;
        self.next().expect("there is something to render")
    }

    fn end(&mut self, job: &Job, outcome: Outcome) -> Vec<StreamId> {
        self.engine.rendered(job.cell, outcome, self.now)
    }

    /// Renders the one cell that is due.
    fn render(&mut self, outcome: Outcome) -> Vec<StreamId> {
        let job = self.begin();
        self.end(&job, outcome)
    }

    fn take(&mut self, stream: StreamId) -> Option<Bytes> {
        self.engine.take(stream)
    }

    fn idle(&mut self) -> bool {
        self.now += WINDOW;
        self.next().is_none()
    }
}

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
    for key in 0..2_000 {
        live.engine.changed(&Topics::from([Topic::declared("todos", "Board", key)]));
    }
    live.end(&job, frame("1", &["todos"]));
    live.render(frame("2", &["todos"]));
    assert!(live.idle());
}

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
