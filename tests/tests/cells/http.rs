//! What travels.

use crate::cells;
use orion_tests::http::{Event, Events};
use orion_tests::{App, Client};
use serde_json::{Value, json};

#[tokio::test]
async fn a_stream_is_sent_the_blocks_that_it_shows_and_no_others() {
    let app = cells().await;
    let (anna, ben) = (app.client(), app.client());
    let mut stream = opened(&ben, "/2/2").await;
    let before = told(&ben).await;
    for cell in 0..50 {
        click(&anna, 0, cell).await;
    }
    click(&anna, 102, 7).await;
    let event = stream.next().await;
    assert!(event.value("elements").starts_with(r#"<div id="cells-block-102""#), "{event:?}");
    let now = told(&ben).await;
    let grown = |name: &str| now[name].as_u64().unwrap_or(0) - before[name].as_u64().unwrap_or(0);
    assert_eq!((grown("commands"), grown("frames")), (51, 1));
    // Against the whole block, which has more than ten thousand.
    println!("one cell of a block: {} bytes", grown("bytes"));
    assert!(grown("bytes") < 600, "{} bytes", grown("bytes"));
}

#[tokio::test]
async fn what_is_no_cell_is_refused() {
    let app = cells().await;
    let anna = app.client();
    for (block, cell, status) in [("0", json!(200), 404), ("5000", json!(0), 404), ("x", json!(0), 400)] {
        let signals = json!({ "cell": cell, "on": true });
        let answer = anna.post(&format!("/blocks/{block}")).signals(&signals).send().await;
        assert_eq!(answer.status, status, "{}", answer.text());
    }
}

/// The stream of a window, after it showed each of its blocks.
async fn opened(viewer: &Client, path: &str) -> Events {
    let live = viewer.live(path).await;
    let mut stream = viewer.get(&live).encoding("br").stream().await;
    for _ in 0..6 {
        stream.until("the stream showed each block", is_region).await;
    }
    stream
}

fn is_region(event: &Event) -> bool {
    event.value("elements").contains("data-orion-region")
}

async fn click(client: &Client, block: usize, cell: usize) {
    let signals = json!({ "cell": cell, "on": true });
    let answer = client.post(&format!("/blocks/{block}")).signals(&signals).send().await;
    assert!([200, 204].contains(&answer.status), "{}", answer.text());
}

/// What the status line counts from.
async fn told(client: &Client) -> Value {
    let answer = client.get("/status").signals(&json!({})).send().await.text();
    let signals = answer.lines().find_map(|line| line.strip_prefix("data: signals "));
    serde_json::from_str::<Value>(signals.expect("it sets signals")).expect("they are JSON")["told"].clone()
}

#[tokio::test]
async fn a_page_without_javascript_shows_the_cells() {
    let app: App = cells().await;
    let anna = app.client();
    click(&anna, 0, 3).await;
    let page = anna.get("/").send().await.text();
    assert!(page.contains(r#"id="c0-3" value="3" checked"#), "{page}");
}
