//! Somebody with a page open: what its stream has shown so far.

use orion_tests::http::{Event, Events};
use orion_tests::{App, Client};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Longer than a stream is ever silent.
const PATIENCE: Duration = Duration::from_mins(1);

/// The regions of the page by their ids, as the stream has shown them.
pub(crate) type Screen = Arc<Mutex<BTreeMap<String, String>>>;

/// An open page.
#[derive(Debug)]
pub(crate) struct Viewer {
    pub(crate) page: String,
    pub(crate) coding: &'static str,
    client: Client,
    screen: Screen,
    reading: Option<JoinHandle<Received>>,
    received: Option<Received>,
}

/// What came, and where from: the stream stays open.
#[derive(Debug)]
struct Received {
    stream: Events,
    frames: u64,
    text: u64,
}

impl Viewer {
    /// Somebody new, who reads from now on until they come to rest after `quiet`: when nobody writes any more.
    pub(crate) async fn open(
        app: &App,
        page: &str,
        coding: &'static str,
        quiet: watch::Receiver<bool>,
    ) -> Self {
        let client = app.client();
        let painted = client.get(page).send().await.text();
        let (_, call) = painted.split_once("@get('").expect("the page opens a stream");
        let path = call.split('\'').next().expect("the call ends");
        let mut stream = client.get(path).encoding(coding).stream().await;
        assert_eq!(stream.status, 200);
        let mut shown = BTreeMap::new();
        while shown.len() < regions(&painted) {
            shown.extend(region(&stream.next().await));
        }
        let screen = Arc::new(Mutex::new(shown));
        let reading = Some(tokio::spawn(read(stream, Arc::clone(&screen), quiet)));
        Self { page: page.to_owned(), coding, client, screen, reading, received: None }
    }

    /// Who can act, and what they see.
    pub(crate) fn actor(&self) -> (Client, Screen) {
        (self.client.clone(), Arc::clone(&self.screen))
    }

    /// Waits until its stream had nothing more to say.
    pub(crate) async fn come_to_rest(&mut self) {
        let reading = self.reading.take().expect("it comes to rest once");
        self.received = Some(reading.await.expect("reading does not panic"));
    }

    /// Frames, bytes of them, bytes that came.
    pub(crate) fn received(&self) -> [u64; 3] {
        let received = self.received.as_ref().expect("it has come to rest");
        [received.frames, received.text, received.stream.encoded_bytes()]
    }

    /// What the stream has shown of each region is what the page shows to whoever opens it now.
    pub(crate) async fn is_shown_the_truth(&self) {
        let painted = unix_lines(&self.client.get(&self.page).send().await.text());
        let screen = self.screen.lock().expect("nobody panicked");
        assert_eq!(screen.len(), regions(&painted), "{:?}", screen.keys());
        for (region, shown) in &*screen {
            let expected = painted.find(&format!("<div id=\"{region}\"")).map(|at| &painted[at..]);
            let expected = expected.unwrap_or_else(|| panic!("{} has no region {region}", self.page));
            assert!(
                expected.starts_with(shown.as_str()),
                "{region} of {} with {} was last shown as\n{shown}\nand is\n{}",
                self.page,
                self.coding,
                &expected[..expected.floor_char_boundary(shown.len() + 200)]
            );
        }
    }
}

/// Keeps the screen up to date until a ping says that there was nothing to say since everything is quiet.
async fn read(mut stream: Events, screen: Screen, quiet: watch::Receiver<bool>) -> Received {
    let (mut frames, mut text) = (0, 0);
    loop {
        let event = tokio::time::timeout(PATIENCE, stream.step()).await.expect("a stream sends pings");
        let event = event.unwrap_or_else(|ending| panic!("a stream ended: {ending:?}"));
        if event.name == "datastar-ping" && *quiet.borrow() {
            return Received { stream, frames, text };
        }
        let Some((id, html)) = region(&event) else { continue };
        frames += 1;
        text += html.len() as u64;
        screen.lock().expect("nobody panicked").insert(id, html);
    }
}

/// How many regions a page has.
fn regions(painted: &str) -> usize {
    painted.matches("data-orion-region").count()
}

fn region(event: &Event) -> Option<(String, String)> {
    let html = event.value("elements");
    let id = html.strip_prefix("<div id=\"")?.split_once('"')?.0.to_owned();
    html.contains("data-orion-region").then(|| (id, unix_lines(&html)))
}

/// All that HTML, and an event stream, make of a line end.
fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}
