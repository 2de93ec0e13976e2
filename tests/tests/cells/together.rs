//! Two people on one sheet.

use crate::{cells, no_errors, shows, visitor};
use orion_tests::{Browser, Key};
use serde_json::Value;

#[tokio::test]
async fn a_click_in_one_window_is_seen_in_the_other_and_after_a_restart() {
    let mut app = cells().await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app, "/").await, visitor(&browser, &app, "/1/1").await);
    // Block 51 is the one that both of them see.
    anna.click("#c51-0").await;
    anna.click("#c0-7").await;
    shows(&anna, &["c0-7", "c51-0"]).await;
    shows(&ben, &["c51-0"]).await;
    ben.click("#c51-0").await;
    ben.click("#c51-199").await;
    shows(&anna, &["c0-7", "c51-199"]).await;
    shows(&ben, &["c51-199"]).await;

    anna.reload().await;
    shows(&anna, &["c0-7", "c51-199"]).await;
    app.restart().await;
    anna.click("#c0-8").await;
    shows(&anna, &["c0-7", "c0-8", "c51-199"]).await;
    ben.reload().await;
    shows(&ben, &["c51-199"]).await;
    no_errors(&[&ben]).await;
}

#[tokio::test]
async fn cells_that_are_clicked_faster_than_the_server_answers_are_all_set() {
    let app = cells().await;
    let anna = visitor(&Browser::start().await, &app, "/").await;
    anna.eval("all('#cells-block-0 input').forEach((e) => e.click())", Value::Null).await;
    anna.wait_count("#cells-block-0 input:checked", 200).await;
    no_errors(&[&anna]).await;
}

#[tokio::test]
async fn a_cell_is_set_by_keyboard_and_keeps_the_focus() {
    let app = cells().await;
    let anna = visitor(&Browser::start().await, &app, "/").await;
    anna.eval("find(['#c0-3', null]).focus()", Value::Null).await;
    for on in [&["c0-3"] as &[&str], &[]] {
        anna.press(Key::Space).await;
        shows(&anna, on).await;
        assert!(anna.is_focused("#c0-3").await);
    }
}

#[tokio::test]
async fn the_status_line_moves() {
    let app = cells().await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app, "/").await, visitor(&browser, &app, "/48/97").await);
    for window in [&anna, &ben] {
        window.wait_text("#viewers", "2").await;
        window.wait_text("#total", "0").await;
    }
    for (clicked, cell) in ["#c0-0", "#c0-1", "#c0-2"].into_iter().enumerate() {
        anna.click(cell).await;
        ben.wait_text("#total", &(clicked + 1).to_string()).await;
    }
    // A rate lasts for a second only, so something must go on while it is looked for.
    let condition = "
        document.querySelector('#c0-9').click();
        const count = (id) => Number(document.getElementById(id).textContent);
        return ['commands', 'commits', 'frames', 'bytes'].every((id) => count(id) > 0)";
    anna.wait_until("the line told of clicks", condition, Value::Null).await;
    no_errors(&[&anna, &ben]).await;
}
