//! Going about the sheet.

use crate::{cells, no_errors, shows, visitor};
use orion_tests::{Browser, Key, Window};

/// Waits until the window is at a place and shows its first block.
async fn is_at(window: &Window, path: &str, block: usize) {
    window.wait_visible(&*format!("#cells-block-{block}")).await;
    assert_eq!(window.location().await, path);
}

#[tokio::test]
async fn keys_and_links_move_the_window_over_the_same_sheet() {
    let app = cells().await;
    let anna = visitor(&Browser::start().await, &app, "/").await;
    anna.click("#c1-0").await;
    anna.click("#c100-5").await;
    shows(&anna, &["c1-0", "c100-5"]).await;
    anna.press(Key::Right).await;
    anna.wait_visible("#cells-block-2").await;
    is_at(&anna, "/1/0", 1).await;
    shows(&anna, &["c1-0"]).await;
    anna.click("#go-ArrowDown").await;
    anna.wait_visible("#cells-block-151").await;
    is_at(&anna, "/1/1", 51).await;
    shows(&anna, &[]).await;
    anna.press(Key::Left).await;
    anna.wait_visible("#cells-block-50").await;
    is_at(&anna, "/0/1", 50).await;
    shows(&anna, &["c100-5"]).await;
    anna.press(Key::Up).await;
    anna.wait_visible("#cells-block-0").await;
    shows(&anna, &["c1-0", "c100-5"]).await;
    no_errors(&[&anna]).await;
}

#[tokio::test]
async fn a_place_is_gone_to_by_its_numbers() {
    let app = cells().await;
    let anna = visitor(&Browser::start().await, &app, "/").await;
    anna.clear("#column").await;
    anna.type_into("#column", "999").await;
    anna.clear("#row").await;
    anna.type_into("#row", "1000").await;
    anna.click("nav button").await;
    anna.wait_text("#row-error", "From 0 to 999").await;
    anna.clear("#row").await;
    anna.type_into("#row", "999").await;
    anna.click("nav button").await;
    anna.wait_visible("#cells-block-4999").await;
    assert_eq!(anna.location().await, "/48/97");
    anna.click("#c4999-199").await;
    shows(&anna, &["c4999-199"]).await;
    no_errors(&[&anna]).await;
}
