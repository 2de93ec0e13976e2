//! The hub with real threads, and with stores and buses that behave as they may.

use std::sync::Barrier;
use std::sync::atomic::AtomicUsize;
use std::time::Duration;

use http_body_util::BodyExt as _;
use maud::html;
use tokio::time::timeout;

use super::*;
use crate::bus::Hear;
use crate::decl::Region;
use crate::live::fake::{Memory, TAGS, TODOS, count, db, input};
use crate::live::{Args, References};
use crate::sign::Signer;
use crate::topic::{Topic, Topics};

const LIST: Region = Region::new("todos", "list", |scope| {
    let (todos, tags) = (count(scope.db, &TODOS)?, count(scope.db, &TAGS)?);
    Ok(html! { (todos) "/" (tags) })
});
const MINE: Region = Region::new("todos", "mine", |scope| {
    let todos = count(scope.db, &TODOS)?;
    Ok(html! { (scope.viewer()?.id()) " " (todos) })
})
.personal();

fn hub(store: &Arc<Memory>, options: Options) -> Arc<Hub> {
    Hub::new(Arc::clone(store) as _, &store.bus, options)
}

fn embed(region: &'static Region) -> Embed {
    Embed::new(region, Args::none())
}

fn numbered(count: usize) -> Vec<Embed> {
    (0..count).map(|id| Embed::new(&LIST, Args::new(&(id,)))).collect()
}

fn open(hub: &Arc<Hub>, viewer: &str, regions: &[Embed]) -> Stream {
    hub.open(&Viewer::with_id(viewer), regions, Coding::Identity).unwrap()
}

async fn event(stream: &mut Stream) -> String {
    // Not a measurement: so that a lost wake-up is a failure and not a hang.
    let frame = timeout(Duration::from_mins(1), stream.frame()).await.expect("nobody wakes the stream");
    String::from_utf8(frame.unwrap().unwrap().into_data().unwrap().to_vec()).unwrap()
}

/// Reads until an event holds `text`.
async fn wait_for(stream: &mut Stream, text: &str) -> String {
    loop {
        let event = event(stream).await;
        if event.contains(text) {
            return event;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_two_threads_write_every_stream_comes_to_show_the_truth() {
    let store = Memory::threads(3);
    let hub = hub(&store, Options { window: Duration::from_millis(1), ..Options::default() });
    let readers: Vec<_> = (0..10)
        .map(|id| {
            let hub = Arc::clone(&hub);
            tokio::spawn(async move {
                let viewer = format!("viewer{id}");
                let mut stream = open(&hub, &viewer, &[embed(&LIST), embed(&MINE)]);
                // Some leave and come back.
                if id % 2 == 0 {
                    event(&mut stream).await;
                    event(&mut stream).await;
                    stream = open(&hub, &viewer, &[embed(&MINE), embed(&LIST)]);
                }
                let (mut list, mut mine) = (false, false);
                while !(list && mine) {
                    let event = event(&mut stream).await;
                    list |= event.contains(">500/500<");
                    mine |= event.contains(&format!(">{viewer} 500<"));
                }
            })
        })
        .collect();
    let writers = ["todos", "tags"].map(|table| {
        let store = Arc::clone(&store);
        tokio::task::spawn_blocking(move || (0..500).for_each(|_| store.commit(table)))
    });
    for writer in writers {
        writer.await.unwrap();
    }
    for reader in readers {
        reader.await.unwrap();
    }
    assert_eq!((hub.streams(), hub.cells()), (0, 0));
}

#[tokio::test]
async fn a_slow_region_does_not_hold_up_the_others() {
    static SLOW_ENDS: Barrier = Barrier::new(2);
    const SLOW: Region = Region::new("todos", "slow", |_| {
        SLOW_ENDS.wait();
        Ok(html! { "at last" })
    });
    let store = Memory::threads(2);
    let hub = hub(&store, Options { renders: 2, ..Options::default() });
    let mut stream = open(&hub, "ada", &[embed(&SLOW), embed(&LIST)]);
    wait_for(&mut stream, ">0/0<").await;
    store.commit("todos");
    wait_for(&mut stream, ">1/0<").await;
    SLOW_ENDS.wait();
    wait_for(&mut stream, ">at last<").await;
}

#[tokio::test]
async fn no_more_renders_are_under_way_than_allowed() {
    /// Lets nobody pass alone: so two are under way at some moment.
    static TWO: Barrier = Barrier::new(2);
    static ACTIVE: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    const BUSY: Region = Region::new("todos", "busy", |_| {
        MOST.fetch_max(ACTIVE.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        TWO.wait();
        ACTIVE.fetch_sub(1, Ordering::SeqCst);
        Ok(html! {})
    });
    let store = Memory::threads(4);
    let hub = hub(&store, Options { renders: 2, ..Options::default() });
    let regions: Vec<_> = (0..20).map(|id| Embed::new(&BUSY, Args::new(&(id,)))).collect();
    let mut stream = open(&hub, "ada", &regions);
    for _ in 0..=regions.len() {
        event(&mut stream).await;
    }
    assert_eq!(MOST.load(Ordering::SeqCst), 2);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_reads_at_once_does_not_nest_renders() {
    let store = Memory::at_once();
    let hub = hub(&store, Options { streams: 100_000, streams_per_viewer: 100_000, ..Options::default() });
    let streams: Vec<_> = (0..40).map(|id| open(&hub, "ada", &numbered(id * 6))).collect();
    store.commit("todos");
    drop(streams);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_drops_a_read_is_asked_again_later() {
    let store = Memory::closed();
    let hub = hub(&store, Options { development: true, ..Options::default() });
    let mut stream = open(&hub, "ada", &numbered(256));
    event(&mut stream).await;
    assert!(event(&mut stream).await.contains("the store did not run the read"));
    let state = hub.lock();
    assert_eq!(state.under_way, 0);
    assert!(state.engine.due().is_some());
}

#[tokio::test(start_paused = true)]
async fn an_error_whose_text_panics_is_a_failed_render_like_any_other() {
    #[derive(Debug)]
    struct Evil;
    impl fmt::Display for Evil {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("as texts do")
        }
    }
    impl std::error::Error for Evil {}
    const FAILS: Region = Region::new("todos", "fails", |_| Err(Evil.into()));
    let store = Memory::at_once();
    let hub = hub(&store, Options { development: true, ..Options::default() });
    let mut stream = open(&hub, "ada", &[embed(&FAILS)]);
    event(&mut stream).await;
    assert!(event(&mut stream).await.contains("panicked: as texts do"));
}

#[tokio::test(start_paused = true)]
async fn a_gap_renders_what_no_event_announced() {
    #[derive(Default)]
    struct Lossy(Mutex<Vec<Hear>>);
    impl Bus for Lossy {
        fn publish(&self, _: &Topics) {}
        fn subscribe(&self, hear: Hear) {
            self.0.lock().unwrap().push(hear);
        }
    }
    let (store, bus) = (Memory::at_once(), Lossy::default());
    let hub = Hub::new(Arc::clone(&store) as _, &bus, Options::default());
    let mut stream = open(&hub, "ada", &[embed(&LIST)]);
    event(&mut stream).await;
    event(&mut stream).await;
    store.commit("todos");
    assert!(event(&mut stream).await.contains("ping"));
    bus.0.lock().unwrap()[0](Heard::Gap);
    assert!(event(&mut stream).await.contains(">1/0<"));
}

#[tokio::test(start_paused = true)]
async fn the_bus_does_not_keep_the_hub_alive() {
    let store = Memory::at_once();
    let hub = hub(&store, Options::default());
    let alive = Arc::downgrade(&hub);
    drop(hub);
    assert!(alive.upgrade().is_none());
    store.commit("todos");
}

#[tokio::test(start_paused = true)]
async fn a_painted_page_leads_to_its_stream() {
    const HOME: Page = Page::new("todos", "home", "/", |_| {
        Ok(crate::Document::new(html! { (embed(&MINE)) hr; (embed(&LIST)) }))
    });
    let store = Memory::at_once();
    let hub = hub(&store, Options::default());
    let references = References::new(Signer::new(&[[3; 32]]).unwrap(), "1".to_owned(), [&LIST, &MINE]);
    let (db, input) = (db(&[]), input("ada"));

    let painted = hub.paint(&HOME, &Visit::new(&db, &input)).unwrap();
    let token = references.write(&input.viewer, &painted.regions).unwrap();
    // Between paint and stream.
    store.commit("todos");
    let page = references.read(&input.viewer, &token).unwrap();
    let mut stream = open(&hub, "ada", &page.regions);
    event(&mut stream).await;
    assert!(painted.document.body.0.contains(">ada 0<"));
    assert!(event(&mut stream).await.contains(">ada 1<"));
    assert!(event(&mut stream).await.contains(">1/0<"));
}

#[tokio::test(start_paused = true)]
async fn only_in_development_somebody_looks_at_the_markup() {
    const TYPES: Region = Region::new("todos", "types", |_| Ok(maud::html! { textarea {} }));
    let store = Memory::at_once();
    for development in [false, true] {
        let hub = hub(&store, Options { development, ..Options::default() });
        let mut stream = open(&hub, "ada", &[embed(&TYPES)]);
        event(&mut stream).await;
        assert_eq!(hub.oracle().map(|oracle| oracle.findings().len()), development.then_some(1));
    }
}

#[tokio::test]
async fn what_is_rendered_and_sent_is_counted() {
    let store = Memory::at_once();
    let hub = hub(&store, Options { window: Duration::ZERO, ..Options::default() });
    let mut streams = [open(&hub, "ada", &[embed(&LIST)]), open(&hub, "ada", &[embed(&LIST)])];
    let mut bytes = 0;
    for list in [">0/0<", ">1/0<"] {
        for stream in &mut streams {
            bytes += wait_for(stream, list).await.len() as u64;
        }
        // Nobody looks at what this would change, and what nobody reads renders nothing.
        store.commit("notes");
        store.commit("todos");
    }
    let stats = hub.stats();
    assert_eq!((stats.viewers, stats.streams, stats.cells), (1, 2, 1));
    // The last frame is rendered, and nobody has taken it.
    assert_eq!((stats.renders, stats.frames, stats.sent, stats.bytes), (3, 3, 4, bytes));
    hub.hear(Heard::Changed(&Topics::from([Topic::table("todos")])));
    let again = hub.stats();
    assert_eq!((again.renders, again.frames), (4, 3), "a render that gives the same is no frame");
}
