//! Regions are keyed: a stream says nothing of what happens on other boards.

use crate::make;
use orion_tests::http::{Event, Events};
use orion_tests::{App, Client, binary};
use serde_json::json;

#[tokio::test]
async fn an_idle_stream_gets_nothing_but_the_changes_of_its_own_board() {
    // In development a stream also says that nothing failed.
    let app = App::of(binary("board")).env("ORION_DEVELOPMENT", "false").start().await;
    make(&app, "Kitchen").await;
    make(&app, "Garden").await;
    let (mut kitchen, mut garden) = (opened(&app, 1).await, opened(&app, 2).await);

    let cook = app.client();
    for title in ["Milk", "Bread", "Honey"] {
        add(&cook, 1, title).await;
        frames(&mut kitchen, 1, title).await;
    }
    // Whatever the garden was sent meanwhile stands before this.
    add(&cook, 4, "Dig").await;
    for event in frames(&mut garden, 2, "Dig").await {
        let html = event.value("elements");
        assert!(!html.contains("Honey"), "{html}");
    }
    // And the other way round.
    add(&cook, 4, "Plant").await;
    frames(&mut garden, 2, "Plant").await;
    add(&cook, 1, "Salt").await;
    frames(&mut kitchen, 1, "Salt").await;
}

/// The stream of a board's page, after it showed each of its regions: lanes, feed, unread, here, me.
async fn opened(app: &App, board: usize) -> Events {
    let viewer = app.client();
    let page = viewer.get(&format!("/boards/{board}")).send().await.text();
    let (_, call) = page.split_once("@get('").expect("the page opens a stream");
    let path = call.split('\'').next().expect("the call ends").to_owned();
    let mut stream = viewer.get(&path).encoding("br").stream().await;
    for _ in 0..5 {
        stream.until("the stream showed each region", is_region).await;
    }
    stream
}

/// The next three frames, which must be those of a card added to this board: lanes, feed and unread.
async fn frames(stream: &mut Events, board: usize, title: &str) -> Vec<Event> {
    let mut frames = Vec::new();
    while frames.len() < 3 {
        let event = stream.next().await;
        assert!(is_region(&event), "{event:?}");
        frames.push(event);
    }
    frames.sort_by_key(|event| event.value("elements"));
    for (event, region) in frames.iter().zip(["activity-feed", "activity-unread", "boards-lanes"]) {
        let html = event.value("elements");
        assert!(html.starts_with(&format!(r#"<div id="{region}-{board}""#)), "{html}");
        assert!(region == "activity-unread" || html.contains(title), "{html}");
    }
    frames
}

fn is_region(event: &Event) -> bool {
    event.value("elements").contains("data-orion-region")
}

async fn add(client: &Client, column: usize, title: &str) {
    let path = format!("/columns/{column}/cards");
    let signals = json!({ "add": { format!("c{column}"): title } });
    let answer = client.post(&path).signals(&signals).send().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}
