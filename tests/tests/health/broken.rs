//! The disk fails under an open stream: its file system becomes read-only, it has no room, it refuses to change the files.
//!
//! `mount -o remount,ro` is no such failure: the kernel refuses it, as it does a bind mount's and `umount -r`, for as long as the
//! application has its files open for writing, and `blockdev --setro` changes nothing for a file system that is mounted.

use crate::disk::Disk;
use crate::{gets_ready, readiness};
use orion_tests::http::{Ending, Event, Events};
use orion_tests::{App, Client};

/// With which a file system that fails does not come back.
const WITH_JOURNAL: &str = "";
const WITHOUT_JOURNAL: &str = "-O ^has_journal";

struct Scene {
    app: App,
    anna: Client,
    reference: String,
    stream: Events,
    /// What was written and answered with success, and what was not.
    kept: Vec<String>,
    refused: Vec<String>,
}

impl Scene {
    /// Somebody looks at what was written.
    async fn open(disk: &Disk) -> Self {
        let app = disk.todos().env("ORION_DEVELOPMENT", "false").start().await;
        let anna = app.client();
        let reference = anna.live("/").await;
        let stream = anna.get(&reference).stream().await;
        let (kept, refused) = Default::default();
        let mut scene = Self { app, anna, reference, stream, kept, refused };
        scene.writes("first").await;
        scene.shows("first").await;
        scene
    }

    async fn add(&mut self, title: &str) -> u16 {
        let status = self.anna.post("/todos").form(&[("title", title)]).send().await.status;
        let list = if status == 303 { &mut self.kept } else { &mut self.refused };
        list.push(title.to_owned());
        status
    }

    async fn writes(&mut self, title: &str) {
        assert_eq!(self.add(title).await, 303);
    }

    /// Writes until the first command fails: there may be a little room that the file system has already.
    async fn is_refused(&mut self) {
        for number in 0..100 {
            if self.add(&format!("number {number}")).await == 500 {
                return;
            }
        }
        panic!("the disk takes nothing, and a hundred commands were answered with success");
    }

    /// Commands fail; health is red and names the way out; pages are shown.
    async fn refuses(&mut self, cause: &str) {
        self.is_refused().await;
        for _ in 0..3 {
            assert_eq!(self.add("nor this").await, 500);
        }
        let (status, report) = readiness(&self.app.health()).await;
        assert_eq!(status, 503);
        let said = "writer: the commit failed, and nothing was written: disk I/O error";
        assert!(report.starts_with(said) && report.contains(cause), "{report}");
        assert!(report.contains("`dmesg`, says what the disk"), "{report}");
        assert!(report.ends_with("renderer: ok\nlistener: ok\n"), "{report}");
        let page = self.app.client().get("/").send().await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains(">first<"), "what is there is shown");
        assert_eq!(self.app.health().get("/healthz").send().await.status, 200);
    }

    /// Without a restart all is as it was before, and the stream that was open all the time shows what is written.
    async fn goes_on(&mut self) {
        gets_ready(&self.app.health()).await;
        self.writes("afterwards").await;
        self.shows("afterwards").await;
        self.is_true().await;
        assert!(!self.app.log().contains("panicked"), "{}", self.app.log());
    }

    /// A fresh visit shows what was answered with success, and nothing else.
    async fn is_true(&self) {
        let page = self.app.client().get("/").send().await.text();
        let shown = |title: &String| page.contains(&format!(">{title}<"));
        assert!(self.kept.iter().all(shown), "all of {:?} is there: {page}", self.kept);
        assert!(!self.refused.iter().any(shown), "nothing of {:?} is there: {page}", self.refused);
    }

    async fn shows(&mut self, title: &str) {
        let shows = |event: &Event| event.value("elements").contains(&format!(">{title}<"));
        self.stream.until(&format!("the open stream showed {title:?}"), shows).await;
    }
}

#[tokio::test]
async fn a_file_system_that_became_read_only_fails_commands_and_its_repair_and_a_restart_lose_nothing() {
    let disk = Disk::start(WITH_JOURNAL).await;
    let mut scene = Scene::open(&disk).await;
    disk.breaks();
    scene.refuses("Error code 778").await;
    let streams = scene.app.health().get("/metrics").send().await.text();
    assert!(streams.contains("\norion_streams 1\n"), "the stream lives: {streams}");
    assert_eq!(scene.app.term().await.code(), Some(0), "it ends as always");
    assert!(matches!(scene.stream.ending().await, Ending::Clean));
    disk.is_repaired();
    scene.app.restart().await;
    scene.stream = scene.anna.get(&scene.reference).stream().await;
    scene.shows("first").await;
    scene.goes_on().await;
}

#[tokio::test]
async fn a_disk_that_has_no_room_below_it_fails_commands_until_it_has_and_no_stream_ends() {
    let disk = Disk::start(WITHOUT_JOURNAL).await;
    let mut scene = Scene::open(&disk).await;
    disk.fills();
    scene.refuses("Error code 1034").await;
    disk.has_room();
    scene.goes_on().await;
}

#[tokio::test]
async fn files_that_may_not_be_changed_any_more_fail_commands_until_they_may_and_no_stream_ends() {
    let disk = Disk::start(WITH_JOURNAL).await;
    let mut scene = Scene::open(&disk).await;
    disk.lets_change(false);
    scene.refuses("Error code 778").await;
    disk.lets_change(true);
    scene.goes_on().await;
}

/// The commit failed when all of it was in the log but not yet on the disk.
#[tokio::test]
async fn what_was_told_that_it_failed_is_not_there_after_a_kill_either() {
    let disk = Disk::start(WITHOUT_JOURNAL).await;
    let mut scene = Scene::open(&disk).await;
    disk.fills();
    scene.is_refused().await;
    scene.app.kill9();
    disk.has_room();
    scene.app.restart().await;
    scene.is_true().await;
}
