//! Somebody with a page open: what its stream has shown so far.

use orion_tests::http::{Ending, Event, Events};
use orion_tests::{App, Client, DEADLINE};
use std::collections::BTreeMap;
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Longer than a stream is ever silent.
const PATIENCE: Duration = Duration::from_mins(1);

/// The regions of a page by their ids, as its stream has shown them.
pub(crate) type Shown = BTreeMap<String, String>;
pub(crate) type Screen = watch::Receiver<Shown>;

/// An open page.
#[derive(Debug)]
pub(crate) struct Viewer {
    pub(crate) page: String,
    pub(crate) coding: &'static str,
    client: Client,
    screen: Screen,
    reading: Option<JoinHandle<Result<Received, Ending>>>,
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
        let mut shown = Shown::new();
        while shown.len() < regions(&painted) {
            shown.extend(region(&stream.next().await));
        }
        let (display, screen) = watch::channel(shown);
        let reading = Some(tokio::spawn(read(stream, display, quiet)));
        Self { page: page.to_owned(), coding, client, screen, reading, received: None }
    }

    /// Who can act, and what they see.
    pub(crate) fn actor(&self) -> (Client, Screen) {
        (self.client.clone(), self.screen.clone())
    }

    /// Waits until its stream had nothing more to say.
    pub(crate) async fn come_to_rest(&mut self) {
        let reading = self.reading.take().expect("it comes to rest once");
        let read = reading.await.expect("reading does not panic");
        self.received = Some(read.expect("the stream stays open"));
    }

    /// Frames, bytes of them, bytes that came.
    pub(crate) fn received(&self) -> [u64; 3] {
        let received = self.received.as_ref().expect("it has come to rest");
        [received.frames, received.text, received.stream.encoded_bytes()]
    }

    /// Waits until the stream has shown of each region what the page shows to whoever opens it now.
    pub(crate) async fn is_shown_the_truth(&self) {
        let painted = unix_lines(&self.client.get(&self.page).send().await.text());
        let mut screen = self.screen.clone();
        let right = screen.wait_for(|shown| difference(shown, &painted).is_none());
        let settled = tokio::time::timeout(DEADLINE, right).await.is_ok_and(|told| told.is_ok());
        if !settled {
            let difference = difference(&self.screen.borrow(), &painted).unwrap_or_default();
            panic!("{} with {} is not what it should be: {difference}", self.page, self.coding);
        }
    }
}

/// In what the regions that were shown differ from those of the page.
fn difference(shown: &Shown, painted: &str) -> Option<String> {
    if shown.len() != regions(painted) {
        return Some(format!("{:?} were shown", shown.keys()));
    }
    shown.iter().find_map(|(id, html)| {
        let expected = &painted[painted.find(&format!("<div id=\"{id}\""))?..];
        let end = expected.floor_char_boundary(html.len() + 200);
        (!expected.starts_with(html))
            .then(|| format!("{html}\n--- where there should be\n{}", &expected[..end]))
    })
}

/// Shows what comes, until a ping says that there was nothing to say since everything is quiet.
async fn read(
    mut stream: Events,
    display: watch::Sender<Shown>,
    quiet: watch::Receiver<bool>,
) -> Result<Received, Ending> {
    let (mut frames, mut text) = (0, 0);
    loop {
        let event = tokio::time::timeout(PATIENCE, stream.step()).await.expect("a stream sends pings")?;
        if event.name == "datastar-ping" && *quiet.borrow() {
            return Ok(Received { stream, frames, text });
        }
        let Some((id, html)) = region(&event) else { continue };
        frames += 1;
        text += html.len() as u64;
        display.send_modify(|shown| drop(shown.insert(id, html)));
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
