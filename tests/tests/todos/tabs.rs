//! Many tabs of one browser over HTTP/1.1, where a browser has six connections to a site and each stream takes one.
//!
//! Tabs in the background give theirs back, so their number does not matter. Windows side by side are all displayed: with
//! six of them every connection is taken, and a seventh, or a click in one of the six, waits until one is closed or hidden.
//! Over HTTP/2 all streams share one connection.

use crate::{add, todos, visitor};
use orion_tests::Browser;
use serde_json::json;

const TABS: usize = 10;

#[tokio::test]
async fn ten_tabs_work_because_those_in_the_background_give_their_stream_back() {
    let app = todos().await;
    let first = visitor(&Browser::start().await, &app).await;
    let mut tabs = vec![first];
    for number in 1..TABS {
        let tab = tabs[0].tab().await;
        tab.goto("/").await;
        add(&tab, &format!("from tab {number}")).await;
        tab.wait_count("#todos-list li", number).await;
        tabs.push(tab);
    }
    for tab in &tabs {
        tab.show().await;
        tab.wait_count("#todos-list li", TABS - 1).await;
        tab.wait_text("#todos-list", "from tab 9").await;
    }
    add(&tabs[0], "from the first tab").await;
    for tab in tabs.iter().rev() {
        tab.show().await;
        tab.wait_text("#todos-list", "from the first tab").await;
        assert_eq!(tab.eval("return find(['#orion-banner', null]).hidden", json!(null)).await, true);
    }
    assert_eq!(tabs[0].console_errors().await, [""; 0]);
}

#[tokio::test]
async fn a_click_in_one_of_six_windows_side_by_side_comes_through_once_one_is_closed() {
    let app = todos().await;
    let first = visitor(&Browser::start().await, &app).await;
    let mut others = Vec::new();
    for _ in 1..6 {
        let window = first.sibling().await;
        window.goto("/").await;
        others.push(window);
    }
    add(&first, "from the first window").await;
    let closed = others.pop().expect("there are five of them");
    closed.close().await;
    for window in others.iter().chain([&first]) {
        window.wait_texts("#todos-list li", &["from the first window"]).await;
        assert_eq!(window.eval("return document.hidden", json!(null)).await, false);
    }
}
