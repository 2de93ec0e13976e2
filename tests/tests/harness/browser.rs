//! The browser.

use crate::stand_in;
use orion_tests::browser::RepaintClock;
use orion_tests::{Browser, Key, Proxy};
use serde_json::json;
use std::time::Duration;

#[tokio::test]
async fn two_windows_are_two_viewers_who_see_each_other() {
    let app = stand_in().await;
    let browser = Browser::start().await;
    let (ann, bob) = (browser.window(&app.url()).await, browser.window(&app.url()).await);
    for window in [&ann, &bob] {
        window.goto("/").await;
        window.wait_text("#state", "open").await;
    }
    bob.type_into("#text", "half a sen").await;

    let clock = RepaintClock::arm(&ann, &bob, "#said", "milk").await;
    ann.type_into("#text", "milk").await;
    ann.press(Key::Enter).await;
    println!("the other window {}", clock.read().await);

    ann.wait_texts("#said li", &["milk"]).await;
    ann.wait_value("#text", "").await;
    assert_eq!(bob.texts("#said li").await, ["milk"]);
    assert_eq!(bob.value("#text").await, "half a sen");
    assert!(bob.is_focused("#text").await);
    bob.clear("#text").await;
    bob.type_into("#text", "honey").await;
    bob.click(("button", "Say")).await;
    ann.wait_text(("#said li", "honey"), "honey").await;
    ann.wait_count("#said li", 2).await;
    assert_eq!(ann.console_errors().await, [""; 0]);
}

#[tokio::test]
async fn a_sibling_is_the_same_viewer_and_both_are_displayed() {
    let app = stand_in().await;
    let ann = Browser::start().await.window(&app.url()).await;
    ann.goto("/").await;
    let again = ann.sibling().await;
    again.goto("/?again").await;
    assert_eq!(again.location().await, "/?again");
    ann.eval("localStorage.setItem('name', 'Ann')", json!(null)).await;
    assert_eq!(again.eval("return localStorage.getItem('name')", json!(null)).await, "Ann");
    for window in [&ann, &again] {
        assert_eq!(window.eval("return document.hidden", json!(null)).await, false);
        window.wait_text("#state", "open").await;
    }
}

#[tokio::test]
async fn what_is_not_displayed_is_not_seen() {
    let app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.goto("/").await;
    assert!(!window.sees("#hidden").await);
    assert_eq!(window.text("#hidden").await, "");
    window.wait_gone("#hidden").await;
    window
        .eval("setTimeout(() => { find(['#hidden', null]).style.display = 'block' }, 0)", json!(null))
        .await;
    window.wait_visible("#hidden").await;
    assert_eq!(window.text("#hidden").await, "nobody sees this");
    assert_eq!(window.attribute("#say", "method").await.as_deref(), Some("post"));
    assert_eq!(
        window.html("#hidden").await,
        r#"<p id="hidden" style="display: block;">nobody sees this</p>"#
    );
}

#[tokio::test]
async fn a_wait_goes_on_through_a_reload_of_the_page() {
    let app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.goto("/").await;
    app.client().post("/say").form(&[("text", "milk")]).send().await;
    // The page goes away before, while and after the wait begins.
    for delay in 0..12 {
        let go = format!("setTimeout(() => {{ location.href = '/?{delay}' }}, args)");
        window.eval(&go, json!(delay)).await;
        let arrived = format!("return location.search === '?{delay}'");
        window.wait_until("the page was loaded again", &arrived, json!(null)).await;
        window.wait_text("#said", "milk").await;
    }
    window.back().await;
    assert_eq!(window.location().await, "/?10");
    window.reload().await;
    assert_eq!(window.texts("#said li").await, ["milk"]);
}

#[tokio::test]
#[should_panic(expected = "that `#said` showed \"never\"")]
async fn a_wait_in_vain_says_what_was_waited_for() {
    let window = Browser::start().await.window("").await.with_patience(Duration::from_millis(300));
    window.goto("data:text/html,<ul id=said>nothing</ul>").await;
    window.wait_text("#said", "never").await;
}

#[tokio::test]
#[should_panic(expected = "because: the page did not answer")]
async fn a_wait_in_vain_ends_even_if_the_page_is_stuck() {
    let window = Browser::start().await.window("").await.with_patience(Duration::from_millis(300));
    window.eval("setTimeout(() => { for (;;) {} }, 50)", json!(null)).await;
    window.wait_text("#said", "never").await;
}

#[tokio::test]
async fn a_page_knows_when_it_is_hidden_and_shown() {
    let app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.goto("/").await;
    let listen =
        "window.heard = []; document.onvisibilitychange = () => heard.push(document.visibilityState)";
    window.eval(listen, json!(null)).await;
    for _ in 0..2 {
        window.hide().await;
        window.show().await;
    }
    let heard = window.eval("return heard", json!(null)).await;
    assert_eq!(heard, json!(["hidden", "visible", "hidden", "visible"]));
}

#[tokio::test]
async fn a_page_knows_when_the_network_is_gone_and_back() {
    let app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.goto("/").await;
    let listen = "window.heard = []; window.ononline = window.onoffline = (event) => heard.push(event.type);
        window.reach = () => fetch('/').then(() => heard.push('reached'), () => heard.push('failed'))";
    window.eval(listen, json!(null)).await;
    window.set_online(false).await;
    window.wait_until("the page heard of it", "return heard.includes('offline')", json!(null)).await;
    window.eval("reach()", json!(null)).await;
    window.wait_until("a request failed", "return heard.includes('failed')", json!(null)).await;
    window.set_online(true).await;
    window.wait_until("the page heard of it", "return heard.includes('online')", json!(null)).await;
    window.eval("reach()", json!(null)).await;
    window.wait_until("a request went through", "return heard.includes('reached')", json!(null)).await;
    assert_eq!(window.console_errors().await, [""; 0], "what the network does is no error of the page");
}

#[tokio::test]
async fn a_page_can_be_read_and_used_without_javascript() {
    let app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.set_javascript(false).await;
    window.goto("/").await;
    assert_eq!(window.text("#plain").await, "without JavaScript");
    assert_eq!(window.text("#state").await, "closed");
    window.type_into("#text", "milk").await;
    window.click(("button", "Say")).await;
    window.wait_texts("#said li", &["milk"]).await;
    window.set_javascript(true).await;
    window.goto("/").await;
    window.wait_text("#state", "open").await;
}

#[tokio::test]
async fn errors_of_the_page_are_collected() {
    let app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.goto("/").await;
    window
        .eval("console.warn('careful'); setTimeout(() => { throw new Error('spilt milk') }, 0)", json!(null))
        .await;
    window.eval("setTimeout(() => { window.later = true }, 0)", json!(null)).await;
    window.wait_until("the error was thrown", "return window.later", json!(null)).await;
    let lines = window.console().await;
    assert!(lines.iter().any(|line| line.level == "WARNING" && line.text.contains("careful")), "{lines:?}");
    assert!(lines.iter().any(|line| line.level == "SEVERE" && line.text.contains("spilt milk")), "{lines:?}");
    assert_eq!(window.console().await, []);
}

#[tokio::test]
async fn a_card_is_dragged_with_the_mouse() {
    let app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.goto("/").await;
    window.drag("#card", "#column").await;
    window.wait_visible("#column #card").await;
}

#[tokio::test]
async fn a_picture_is_taken_at_the_size_of_a_phone() {
    let app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.set_viewport(390, 844).await;
    window.goto("/").await;
    assert_eq!(window.eval("return [innerWidth, innerHeight]", json!(null)).await, json!([390, 844]));
    let file = app.folder().join("phone.png");
    window.screenshot(&file).await;
    assert!(std::fs::read(file).unwrap().starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn a_stream_that_is_cut_finished_or_refused_comes_back_to_the_page() {
    let app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    let window = Browser::start().await.window(&proxy.url()).await;
    window.goto("/").await;
    window.wait_text("#state", "open").await;
    for (blow, text) in
        [(Proxy::cut as fn(&Proxy), "cut"), (Proxy::close, "closed"), (Proxy::finish, "finished")]
    {
        let before = proxy.seen().count("GET /live");
        blow(&proxy);
        proxy.wait_until("the page came back", |seen| seen.count("GET /live") > before).await;
        app.client().post("/say").form(&[("text", text)]).send().await;
        window.wait_text("#said", text).await;
    }
}

#[tokio::test]
async fn a_page_sees_what_it_missed_while_the_application_was_down() {
    let mut app = stand_in().await;
    let window = Browser::start().await.window(&app.url()).await;
    window.goto("/").await;
    window.wait_text("#state", "open").await;
    app.kill9();
    window.wait_text("#state", "down").await;
    std::fs::write(app.folder().join("said.txt"), "missed\n").unwrap();
    app.restart().await;
    window.wait_text("#said", "missed").await;
}
