//! The stream as it comes over the wire.

use crate::{in_production, todos, visitor};
use orion_tests::http::{Event, Events};
use orion_tests::{Browser, Client};
use serde_json::json;
use std::time::Duration;

const CODINGS: [&str; 3] = ["identity", "gzip", "br"];

#[tokio::test]
async fn every_coding_of_an_open_stream_decodes_to_the_same_events() {
    // In development a stream also says that nothing failed, sooner or later.
    let app = in_production().await;
    let anna = app.client();
    let path = stream_of(&anna, "/").await;
    let mut streams = Vec::new();
    for coding in CODINGS {
        let stream = anna.get(&path).encoding(coding).stream().await;
        assert_eq!(stream.status, 200);
        let header = stream.headers.get("content-encoding").map_or("identity", |name| name.to_str().unwrap());
        assert_eq!(header, coding);
        streams.push(Received { stream, events: Vec::new() });
    }
    for stream in &mut streams {
        stream.until("0 remaining").await;
    }
    for number in 1..=40_usize {
        // Little of it compresses. Each is waited for, so that no stream skips one.
        let noise: String = (0..number * 8).map(|at| (at * at * 7_919 % 99_991).to_string()).collect();
        let title = format!("todo {number}: {noise}");
        anna.post("/todos").signals(&json!({ "title": title })).send().await;
        for stream in &mut streams {
            stream.until(&title).await;
        }
    }
    let [identity, gzip, br] = streams.try_into().expect("three streams");
    assert_eq!(identity.events.len(), 41);
    for (at, event) in identity.events.iter().enumerate() {
        assert_eq!(*event, gzip.events[at], "event {at} in gzip");
        assert_eq!(*event, br.events[at], "event {at} in br");
    }
    assert_eq!((gzip.events.len(), br.events.len()), (41, 41));
    let bytes = [&identity, &gzip, &br].map(|received| received.stream.encoded_bytes());
    println!(
        "40 changes of one list: {} bytes as they are, {} in gzip, {} in br",
        bytes[0], bytes[1], bytes[2]
    );
}

#[tokio::test]
async fn a_megabyte_that_compresses_to_a_few_bytes_is_not_held_back_in_the_browser() {
    let app = todos().await;
    let ben = visitor(&Browser::start().await, &app).await;
    // A decoder that waits for more input would get it with the next ping, which is after 15 s of silence.
    let ben = ben.with_patience(Duration::from_secs(10));
    let anna = app.client();
    for number in 1..=10 {
        let title = format!("{number} {}", "very ".repeat(20_000));
        assert_eq!(anna.post("/todos").signals(&json!({ "title": title })).send().await.status, 200);
        ben.wait_count("#todos-list li", number).await;
    }
}

#[derive(Debug)]
struct Received {
    stream: Events,
    events: Vec<Event>,
}

impl Received {
    /// Reads until an event shows `text`; keeps all but the time to reconnect after, which differs for each stream.
    async fn until(&mut self, text: &str) {
        loop {
            let event = self.stream.next().await;
            let found = event.value("elements").contains(text);
            if event.retry.is_none() {
                self.events.push(event);
            }
            if found {
                return;
            }
        }
    }
}

/// Visits a page and returns the path of its stream.
async fn stream_of(client: &Client, page: &str) -> String {
    let page = client.get(page).send().await.text();
    let (_, call) = page.split_once("@get('").expect("the page opens a stream");
    call.split('\'').next().expect("the call ends").replace("&amp;", "&")
}
