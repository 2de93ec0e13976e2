//! The pages on a small display.

use crate::{add, board, make, visitor};
use orion_tests::{Browser, Key, Window};
use serde_json::{Value as Json, json};

/// The narrowest phone there is, a usual one, and one that lies on its side.
const DISPLAYS: [(u32, u32); 3] = [(320, 568), (390, 844), (568, 320)];

#[tokio::test]
async fn on_a_phone_nothing_sticks_out_and_everything_is_as_large_as_a_finger() {
    let app = board().await;
    let path = make(&app, &"W".repeat(60)).await;
    let browser = Browser::start().await;
    let anna = visitor(&browser, &app, &path).await;
    add(&anna, "Doing", &"W".repeat(200)).await;
    add(&anna, "Doing", "Milk").await;
    anna.click(".who summary").await;
    anna.type_into("#nickname", &"W".repeat(30)).await;
    anna.press(Key::Enter).await;
    anna.wait_text("#people-me", "WWW").await;
    // More than the header shows one by one.
    let mut others = Vec::new();
    for _ in 0..7 {
        others.push(stream(&app, &path).await);
    }
    anna.wait_text(".here li:last-child", "+4").await;
    anna.wait_text(".unread", "1 new").await;

    for (width, height) in DISPLAYS {
        anna.set_viewport(width, height).await;
        anna.goto("/").await;
        fits(&anna).await;
        anna.goto(&path).await;
        anna.wait_text(".here li:last-child", "+4").await;
        anna.click(".who summary").await;
        fits(&anna).await;
        anna.click(".who summary").await;
        anna.click("#title-2").await;
        anna.wait_visible("#edit-2").await;
        fits(&anna).await;
    }
}

/// The page is no wider than the display, and what is pressed is at least 44 pixels high and wide, as the guidelines for
/// accessible content have it (WCAG 2.2, 2.5.5).
async fn fits(window: &Window) {
    let wide = window.eval("return [document.documentElement.scrollWidth, innerWidth]", Json::Null).await;
    assert!(wide[0].as_u64() <= wide[1].as_u64(), "the page is {} wide on a display of {}", wide[0], wide[1]);
    let small = "
        const size = (e) => [e.outerHTML.slice(0, 120), e.offsetWidth, e.offsetHeight];
        return all('button, input, summary, a').filter((e) => e.checkVisibility()).map(size)
            .filter(([, width, height]) => width < 44 || height < 44)";
    assert_eq!(window.eval(small, Json::Null).await, json!([]));
}

/// Somebody else with the page open.
async fn stream(app: &orion_tests::App, path: &str) -> orion_tests::http::Events {
    let viewer = app.client();
    let page = viewer.get(path).send().await.text();
    let (_, call) = page.split_once("@get('").expect("the page opens a stream");
    viewer.get(call.split('\'').next().expect("the call ends")).stream().await
}
