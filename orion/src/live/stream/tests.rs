//! Streams on a store that reads at once, in a time that passes only when everybody waits.

mod coded;

use std::time::Duration;

use http_body_util::BodyExt as _;
use maud::{Markup, html};
use tokio::time::sleep;

use super::*;
use crate::decl::Region;
use crate::error::Result;
use crate::live::fake::{Memory, TAGS, TODOS, count};
use crate::live::hub::Options;
use crate::live::{Args, Embed, Scope};
use crate::viewer::Viewer;

const LIST: Region = Region::new("todos", "list", list);
const TAGGED: Region = Region::new("tags", "tagged", |scope| {
    let count = count(scope.db, &TAGS)?;
    Ok(html! { (count) " tags" })
});
const WHO: Region = Region::new("users", "who", |scope| {
    Ok(html! { @for viewer in scope.present.iter() { (viewer.id()) ";" } })
})
.present();
/// Fails while the number of todos is odd.
const MOODY: Region = Region::new("todos", "moody", |scope| {
    let count = count(scope.db, &TODOS)?;
    assert!(count % 2 == 0, "<{count}> is odd");
    Ok(html! { (count) " is even" })
});

fn list(scope: &Scope<'_>) -> Result<Markup> {
    let count = count(scope.db, &TODOS)?;
    Ok(html! { (count) " todos" })
}

fn open(hub: &Arc<Hub>, viewer: &str, regions: &[&'static Region]) -> Stream {
    open_coded(hub, viewer, regions, Coding::Identity)
}

fn open_coded(hub: &Arc<Hub>, viewer: &str, regions: &[&'static Region], coding: Coding) -> Stream {
    let regions: Vec<_> = regions.iter().map(|region| Embed::new(region, Args::none())).collect();
    hub.open(&Viewer::with_id(viewer), &regions, coding).unwrap()
}

fn hub(store: &Arc<Memory>) -> Arc<Hub> {
    hub_with(store, Options::default())
}

fn hub_with(store: &Arc<Memory>, options: Options) -> Arc<Hub> {
    Hub::new(Arc::clone(store) as _, &store.bus, options)
}

fn development() -> Options {
    Options { development: true, ..Options::default() }
}

/// The next event, in text; `None` at the end.
async fn event(stream: &mut Stream) -> Option<String> {
    let frame = stream.frame().await?.unwrap();
    Some(String::from_utf8(frame.into_data().unwrap().to_vec()).unwrap())
}

/// The next event, which must be a patch: its elements.
async fn patch(stream: &mut Stream) -> String {
    let event = event(stream).await.expect("the stream goes on");
    let elements = event.strip_prefix("event: datastar-patch-elements\ndata: elements ");
    elements.unwrap_or_else(|| panic!("not a patch: {event}")).trim_end().to_owned()
}

fn element(id: &str, inner: &str) -> String {
    format!("<div id=\"{id}\" data-orion-region>{inner}</div>")
}

const PING: &str = "event: datastar-ping\n\n";
const QUIET: &str = "<div id=\"orion-overlay\" hidden title=\"Click to put this away\" data-on:click=\"el.hidden = true\"></div>";

#[tokio::test(start_paused = true)]
async fn a_stream_begins_with_its_wait_and_the_whole_page() {
    let store = Memory::at_once();
    let mut stream = open(&hub(&store), "ada", &[&LIST, &TAGGED]);
    let retry = event(&mut stream).await.unwrap();
    let wait: u32 = retry.strip_prefix("retry: ").unwrap().trim_end().parse().unwrap();
    assert!((300..=1500).contains(&wait), "{retry}");
    assert!(retry.ends_with("\n\n"));
    assert_eq!(patch(&mut stream).await, element("todos-list", "0 todos"));
    assert_eq!(patch(&mut stream).await, element("tags-tagged", "0 tags"));
}

#[tokio::test(start_paused = true)]
async fn streams_do_not_all_come_back_after_the_same_time() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let mut waits = std::collections::BTreeSet::new();
    for _ in 0..50 {
        waits.insert(event(&mut open(&hub, "ada", &[&LIST])).await.unwrap());
    }
    assert!(waits.len() > 25, "{waits:?}");
}

#[tokio::test(start_paused = true)]
async fn a_change_reaches_an_open_stream_and_only_of_what_changed() {
    let store = Memory::at_once();
    let mut stream = open(&hub(&store), "ada", &[&LIST, &TAGGED]);
    for _ in 0..3 {
        event(&mut stream).await;
    }
    store.commit("todos");
    assert_eq!(patch(&mut stream).await, element("todos-list", "1 todos"));
    assert_eq!(event(&mut stream).await.unwrap(), PING);
}

#[tokio::test(start_paused = true)]
async fn the_first_change_goes_out_at_once_and_those_within_the_window_become_one_frame() {
    let store = Memory::at_once();
    let mut stream = open(&hub(&store), "ada", &[&LIST]);
    event(&mut stream).await;
    event(&mut stream).await;
    sleep(Duration::from_secs(1)).await;

    let start = Instant::now();
    store.commit("todos");
    assert_eq!(patch(&mut stream).await, element("todos-list", "1 todos"));
    assert_eq!(start.elapsed(), Duration::ZERO);
    for _ in 0..5 {
        store.commit("todos");
    }
    assert_eq!(patch(&mut stream).await, element("todos-list", "6 todos"));
    assert!((16..=17).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
    assert_eq!(event(&mut stream).await.unwrap(), PING);
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_skips_to_the_newest_frame() {
    let store = Memory::at_once();
    let mut stream = open(&hub(&store), "ada", &[&LIST]);
    event(&mut stream).await;
    for _ in 0..100 {
        store.commit("todos");
        sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(patch(&mut stream).await, element("todos-list", "100 todos"));
    assert_eq!(event(&mut stream).await.unwrap(), PING);
}

#[tokio::test(start_paused = true)]
async fn silence_is_broken_by_a_ping_every_fifteen_seconds() {
    let store = Memory::at_once();
    let mut stream = open(&hub(&store), "ada", &[&LIST]);
    event(&mut stream).await;
    event(&mut stream).await;
    let start = Instant::now();
    assert_eq!(event(&mut stream).await.unwrap(), PING);
    assert_eq!(start.elapsed().as_secs(), 15);
    sleep(Duration::from_secs(10)).await;
    store.commit("todos");
    patch(&mut stream).await;
    assert_eq!(event(&mut stream).await.unwrap(), PING);
    assert_eq!(start.elapsed().as_secs(), 40, "what was said meanwhile counts");
}

#[tokio::test(start_paused = true)]
async fn shutting_down_ends_every_stream_and_lets_nobody_in() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let mut waiting = open(&hub, "ada", &[&LIST]);
    let mut fresh = open(&hub, "eve", &[&LIST]);
    event(&mut waiting).await;
    event(&mut waiting).await;
    let (end, ()) = tokio::join!(event(&mut waiting), async {
        tokio::task::yield_now().await;
        hub.shut_down();
    });
    assert_eq!(end, None);
    assert_eq!(event(&mut fresh).await, None);
    assert_eq!(event(&mut fresh).await, None, "and stays at its end");
    let refused = hub.open(&Viewer::with_id("ada"), &[], Coding::Identity).err().unwrap();
    assert_eq!((refused.status(), refused.to_string().as_str()), (503, "The server is shutting down."));
}

#[tokio::test(start_paused = true)]
async fn a_region_may_have_a_window_of_its_own() {
    const SLOW: Region = Region::new("todos", "slow", list).every(Duration::from_millis(50));
    let store = Memory::at_once();
    let mut stream = open(&hub(&store), "ada", &[&SLOW]);
    event(&mut stream).await;
    event(&mut stream).await;
    sleep(Duration::from_secs(1)).await;
    let start = Instant::now();
    store.commit("todos");
    assert_eq!(patch(&mut stream).await, element("todos-slow", "1 todos"));
    store.commit("todos");
    assert_eq!(patch(&mut stream).await, element("todos-slow", "2 todos"));
    assert!((50..=51).contains(&start.elapsed().as_millis()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn the_answer_says_what_it_is_and_that_nobody_may_hold_it_back() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let header = |response: &Response<Stream>, name: &str| {
        response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
    };
    let plain = open(&hub, "ada", &[&LIST]).into_response();
    assert_eq!(plain.status(), 200);
    assert_eq!(header(&plain, "content-type").unwrap(), "text/event-stream");
    assert_eq!(header(&plain, "cache-control").unwrap(), "no-store");
    assert_eq!(header(&plain, "x-accel-buffering").unwrap(), "no");
    assert_eq!(header(&plain, "content-encoding"), None);
    let coded = open_coded(&hub, "ada", &[&LIST], Coding::Br).into_response();
    assert_eq!(header(&coded, "content-encoding").unwrap(), "br");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_stream_is_closed() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let streams = [open(&hub, "ada", &[&LIST]), open(&hub, "eve", &[&LIST, &TAGGED])];
    assert_eq!((hub.streams(), hub.cells()), (2, 2));
    drop(streams);
    assert_eq!((hub.streams(), hub.cells()), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn too_many_streams_from_one_client_or_in_total_are_503_until_some_are_closed() {
    let store = Memory::at_once();
    let hub = hub_with(&store, Options { streams: 3, streams_per_viewer: 2, ..Options::default() });
    let refused = |viewer: &str| {
        let error = hub.open(&Viewer::with_id(viewer), &[], Coding::Identity).err().unwrap();
        assert_eq!(error.status(), 503);
        error.to_string()
    };
    let one = open(&hub, "ada", &[&LIST]);
    let _two = open(&hub, "ada", &[&LIST]);
    assert_eq!(refused("ada"), "You have too many pages open. Close some of them.");
    let _three = open(&hub, "eve", &[&LIST]);
    assert_eq!(refused("eve"), "Too many pages are open. Try again later.");
    drop(one);
    open(&hub, "ada", &[&LIST]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_carries_only_so_many_regions() {
    let store = Memory::at_once();
    let regions: Vec<_> = (0..257).map(|id| Embed::new(&LIST, Args::new(&(id,)))).collect();
    let refused = hub(&store).open(&Viewer::with_id("ada"), &regions, Coding::Identity).err().unwrap();
    assert_eq!(refused.status(), 400);
}

#[tokio::test(start_paused = true)]
async fn who_comes_and_goes_is_seen_by_those_who_look() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let mut ada = open(&hub, "ada", &[&WHO]);
    event(&mut ada).await;
    assert_eq!(patch(&mut ada).await, element("users-who", "ada;"));
    let eve = open(&hub, "eve", &[&WHO]);
    assert_eq!(patch(&mut ada).await, element("users-who", "ada;eve;"));
    assert_eq!(hub.present(&Embed::new(&WHO, Args::none())).len(), 2);
    drop(eve);
    assert_eq!(patch(&mut ada).await, element("users-who", "ada;"));
}

#[tokio::test(start_paused = true)]
async fn what_a_viewer_is_told_reaches_all_of_that_viewers_streams_and_no_others() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let mut streams = [open(&hub, "ada", &[]), open(&hub, "ada", &[]), open(&hub, "eve", &[])];
    for stream in &mut streams {
        event(stream).await;
    }
    let letter = Bytes::from_static(b"event: datastar-hello\n\n");
    assert_eq!(hub.tell(&Viewer::with_id("ada"), &letter), 2);
    let [one, two, other] = &mut streams;
    assert_eq!(event(one).await.unwrap(), letter);
    assert_eq!(event(two).await.unwrap(), letter);
    assert_eq!(event(other).await.unwrap(), PING);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_does_not_read_is_told_only_so_much() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let mut stream = open(&hub, "ada", &[]);
    let told = (0..100).map(|_| hub.tell(&Viewer::with_id("ada"), &frame::ping())).sum::<usize>();
    assert_eq!(told, 16);
    event(&mut stream).await;
    event(&mut stream).await;
    assert_eq!(hub.tell(&Viewer::with_id("ada"), &frame::ping()), 1);
}

#[tokio::test(start_paused = true)]
async fn in_production_a_region_that_panics_sends_nothing_and_its_last_good_frame_stays() {
    let store = Memory::at_once();
    let hub = hub(&store);
    let mut stream = open(&hub, "ada", &[&MOODY]);
    event(&mut stream).await;
    assert_eq!(patch(&mut stream).await, element("todos-moody", "0 is even"));
    store.commit("todos");
    assert_eq!(event(&mut stream).await.unwrap(), PING);
    let mut late = open(&hub, "eve", &[&MOODY]);
    event(&mut late).await;
    assert_eq!(patch(&mut late).await, element("todos-moody", "0 is even"));
    store.commit("todos");
    assert_eq!(patch(&mut stream).await, element("todos-moody", "2 is even"));
}

#[tokio::test(start_paused = true)]
async fn in_development_a_region_that_fails_is_shown_over_the_page_until_it_does_not() {
    let store = Memory::at_once();
    let hub = hub_with(&store, development());
    let mut stream = open(&hub, "ada", &[&MOODY, &LIST]);
    event(&mut stream).await;
    patch(&mut stream).await;
    patch(&mut stream).await;
    assert_eq!(patch(&mut stream).await, QUIET, "what it may have shown before is gone");

    store.commit("todos");
    assert_eq!(patch(&mut stream).await, element("todos-list", "1 todos"));
    let overlay = patch(&mut stream).await;
    assert!(overlay.starts_with("<div id=\"orion-overlay\" title="), "{overlay}");
    assert!(overlay.contains("><section role=\"alert\""), "{overlay}");
    assert!(overlay.contains("region `todos::moody`"), "{overlay}");
    assert!(overlay.contains("panicked: &lt;1&gt; is odd"), "{overlay}");

    store.commit("todos");
    assert_eq!(patch(&mut stream).await, element("todos-moody", "2 is even"));
    assert_eq!(patch(&mut stream).await, element("todos-list", "2 todos"));
    assert_eq!(patch(&mut stream).await, QUIET);
}
