//! Who sees a click, and who is not bothered by it.

use orion::testing::{Browser, TestApp};
use serde_json::{Value, json};

use crate::cells::{block, go, home, set, status, total, window};

/// Clicks on a cell.
async fn click(who: &mut Browser, block: i64, cell: i64, on: bool) {
    who.act(set::action(block), json!({ "cell": cell, "on": on })).await.expect_status(200..=204);
}

#[tokio::test]
async fn a_click_is_seen_by_those_who_look_there() {
    let app = TestApp::start(crate::app()).await;
    let (mut anna, mut ben) = (app.browser(), app.browser());
    let mut screen = ben.open(home::path()).await;
    click(&mut anna, 51, 199, true).await;
    screen.until("cells-block-51", r#"id="c51-199" value="199" checked"#).await;
    click(&mut ben, 51, 199, false).await;
    screen.until("cells-block-51", r#"id="c51-199" value="199" aria-label="39, 19""#).await;
    assert_eq!(app.findings(), [""; 0]);
}

#[tokio::test]
async fn a_click_where_nobody_looks_renders_nothing() {
    let app = TestApp::start(crate::app()).await;
    let (mut anna, mut ben) = (app.browser(), app.browser());
    let mut screen = ben.open(home::path()).await;
    let before = app.stats();
    assert_eq!((before.streams, before.cells), (1, 6), "six blocks are a window");
    for cell in 0..20 {
        click(&mut anna, 2, cell, true).await;
        click(&mut anna, 150, cell, true).await;
    }
    // Whatever was rendered until here was rendered before this.
    click(&mut anna, 0, 7, true).await;
    screen.until("cells-block-0", r#"value="7" checked"#).await;
    let now = app.stats();
    assert_eq!((now.renders - before.renders, now.frames - before.frames, now.sent - before.sent), (1, 1, 1));
    assert_eq!(now.writes - before.writes, 41);
}

#[tokio::test]
async fn two_who_look_at_one_block_are_sent_one_render() {
    let app = TestApp::start(crate::app()).await;
    let (mut anna, mut ben) = (app.browser(), app.browser());
    // Block 1 is at the right of one window and at the left of the other.
    let (mut left, mut right) = (anna.open(window::path(0, 0)).await, ben.open(window::path(1, 0)).await);
    let before = app.stats();
    assert_eq!((before.viewers, before.streams, before.cells), (2, 2, 9));
    click(&mut anna, 1, 0, true).await;
    left.until("cells-block-1", r#"value="0" checked"#).await;
    right.until("cells-block-1", r#"value="0" checked"#).await;
    let now = app.stats();
    assert_eq!((now.renders - before.renders, now.sent - before.sent), (1, 2));
}

#[tokio::test]
async fn a_click_that_comes_twice_counts_once() {
    let app = TestApp::start(crate::app()).await;
    let mut anna = app.browser();
    for on in [true, true, false, false, true] {
        click(&mut anna, 7, 7, on).await;
    }
    assert_eq!(app.read(total).await.unwrap(), 1);
    let viewer = anna.viewer().expect("whoever acts is somebody");
    assert!(app.render(block::region(7), &viewer).await.unwrap().contains(r#"value="7" checked"#));
}

#[tokio::test]
async fn there_is_nothing_beside_the_sheet() {
    let app = TestApp::start(crate::app()).await;
    let mut anna = app.browser();
    for (block, cell) in [(5000, 0), (-1, 0), (0, 200), (0, -1)] {
        anna.act(set::action(block), json!({ "cell": cell, "on": true })).await.expect_status(404..=404);
    }
    assert_eq!(app.read(total).await.unwrap(), 0);
    for (column, row) in [(49, 0), (0, 98), (-1, 0)] {
        anna.get(window::path(column, row)).await.expect_status(404..=404);
    }
    let answer = anna.submit(go::path(), [("column", "1000"), ("row", "0")]).await.expect_status(422..=422);
    assert!(answer.text.contains("From 0 to 999"), "{}", answer.text);
    let answer = anna.submit(go::path(), [("column", "999"), ("row", "999")]).await;
    assert_eq!((answer.status, answer.header("location")), (303, &*window::path(48, 97)));
}

#[tokio::test]
async fn the_status_line_tells_what_happened_since_the_page_asked_last() {
    let app = TestApp::start(crate::app()).await;
    let (mut anna, mut ben) = (app.browser(), app.browser());
    let mut screen = ben.open(home::path()).await;
    let told = told(&anna.act(status::action(), ()).await.text);
    for cell in 0..3 {
        click(&mut anna, 0, cell, true).await;
    }
    screen.until("cells-block-0", r#"value="2" checked"#).await;
    let answer = anna.act(status::action(), json!({ "told": told })).await.text;
    assert!(answer.contains(r#"<b id="viewers">1</b>"#), "{answer}");
    assert!(answer.contains(r#"<b id="total">3</b>"#), "{answer}");
    assert!(!answer.contains(r#"<b id="commands">0</b>"#), "{answer}");
    assert!(!answer.contains(r#"<b id="bytes">0</b>"#), "{answer}");
    let now = self::told(&answer);
    assert_eq!(now["commands"].as_u64(), told["commands"].as_u64().map(|before| before + 3));
}

/// The counts that an answer leaves with the page.
fn told(answer: &str) -> Value {
    let signals =
        answer.lines().find_map(|line| line.strip_prefix("data: signals ")).expect("it sets signals");
    serde_json::from_str::<Value>(signals).expect("signals are JSON")["told"].clone()
}
