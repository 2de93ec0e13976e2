//! The process runs on, and what is between it and the page does not.

use crate::scene::{Scene, todos};
use orion_tests::Proxy;
use serde_json::json;
use std::time::SystemTime;

/// The connection ends by `blow`, and for a while nobody is there: a change is missed.
async fn after(case: &str, blow: impl Fn(&Proxy)) {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    proxy.refuse();
    blow(&proxy);
    scene.is_lost().await;
    scene.change("missed").await;
    proxy.pass();
    scene.recovers(case, SystemTime::now()).await;
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

#[tokio::test]
async fn after_a_reset() {
    after("TCP reset mid-stream", Proxy::cut).await;
}

#[tokio::test]
async fn after_a_truncated_body() {
    after("truncated body (FIN)", Proxy::close).await;
}

#[tokio::test]
async fn after_a_clean_end() {
    after("clean end by a proxy", Proxy::finish).await;
}

#[tokio::test]
async fn changes_at_the_very_moment_of_the_end() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    for (title, blow) in
        [("reset", Proxy::cut as fn(&Proxy)), ("truncated", Proxy::close), ("ended", Proxy::finish)]
    {
        let before = proxy.seen().count("GET /_orion/live");
        blow(&proxy);
        scene.change(title).await;
        scene.recovers(&format!("{title} at the moment of a change"), SystemTime::now()).await;
        proxy.wait_until("the page came back", |seen| seen.count("GET /_orion/live") > before).await;
        scene.anna.wait_until("its stream was open", "return heard.at(-1) !== 'retrying'", json!(null)).await;
    }
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

#[tokio::test]
async fn after_a_proxy_that_answers_502_while_the_application_is_deployed() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    proxy.bad_gateway();
    assert_eq!(scene.app.term().await.code(), Some(0));
    proxy.wait_until("the page was refused", |seen| seen.refused >= 1).await;
    scene.is_lost().await;
    scene.change_the_file("missed").await;
    scene.app.restart().await;
    proxy.wait_until("the page was refused three times", |seen| seen.refused >= 3).await;
    proxy.pass();
    scene.recovers("502 three times, then ok", SystemTime::now()).await;
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

#[tokio::test]
async fn after_being_offline() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    scene.anna.set_online(false).await;
    proxy.cut();
    let failed = "return heard.filter((type) => type === 'retrying').length >= 3";
    scene.anna.wait_until("some attempts failed", failed, json!(null)).await;
    scene.is_lost().await;
    scene.change("missed").await;
    let reachable = SystemTime::now();
    scene.anna.set_online(true).await;
    scene.recovers("offline and back", reachable).await;
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

/// The connection falls silent without an end, and the page's own clock is set by so many milliseconds.
async fn after_falling_silent_without_an_end(case: &str, milliseconds: i64) {
    // Connections that are kept for further requests would be dead too, and nobody could tell: let them go first.
    let app = todos().env("ORION_REQUEST_TIMEOUT", "1").start().await;
    let proxy = Proxy::start(app.port()).await;
    let mut scene = Scene::open(app, &proxy.url()).await;
    proxy.wait_until("the stream was the only connection", |seen| seen.open == 1).await;
    proxy.stall();
    scene.change("missed").await;
    proxy.pass();
    // The watchdog looks every ten seconds for silence of 45.
    let reachable = SystemTime::now();
    let set = "const now = Date.now; Date.now = () => now() + args";
    scene.anna.eval(set, json!(milliseconds)).await;
    scene.recovers(case, reachable).await;
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

#[tokio::test]
async fn after_falling_silent_for_a_minute() {
    after_falling_silent_without_an_end("half-open, the page's clock put forward", 60_000).await;
}

/// Silence cannot be measured by a clock that was put back while it lasted.
#[tokio::test]
async fn after_falling_silent_while_the_visitors_clock_was_put_back() {
    after_falling_silent_without_an_end("half-open, the page's clock put back", -5 * 3_600_000).await;
}
