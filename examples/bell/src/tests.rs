//! What is heard, on screens that are already open.

use std::collections::BTreeMap;

use orion::testing::TestApp;

use crate::bell::{heard, home, ring};

#[tokio::test]
async fn an_open_page_hears_who_rang() {
    let app = TestApp::start(crate::app()).await;
    let (mut anna, mut ben) = (app.browser(), app.browser());
    let mut screen = ben.open(home::path()).await;
    anna.act(ring::action(0), BTreeMap::from([("name", " Anna ")])).await.expect_status(200..=204);
    screen.until("bell-heard-0", "<li>Anna</li>").await;
    assert!(screen.shows("bell-heard-1").contains("Nobody has rung yet."), "the other door is quiet");
    let viewer = anna.viewer().expect("whoever comes is somebody");
    assert!(app.render(heard::region(0), &viewer).await.expect("it renders").contains("Anna"));
    assert_eq!(app.findings(), [""; 0]);
}

#[tokio::test]
async fn a_ring_without_a_name_or_at_no_door_is_not_heard() {
    let app = TestApp::start(crate::app()).await;
    let mut anna = app.browser();
    let answer = anna.submit(ring::path(1), [("name", " ")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text.contains("Who is there?"), "{}", answer.text);
    let answer = anna.submit(ring::path(2), [("name", "Anna")]).await;
    assert_eq!(answer.status, 404);
    let screen = anna.open(home::path()).await;
    assert!(screen.shows("bell-heard-1").contains("Nobody has rung yet."));
}
