//! The page is not looked at for a while.

use crate::scene::Scene;
use serde_json::json;
use std::time::SystemTime;

#[tokio::test]
async fn after_being_hidden() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    scene.anna.hide().await;
    proxy.wait_until("the hidden page gave its stream back", |seen| seen.streams == 0).await;
    scene.change("missed").await;
    let reachable = SystemTime::now();
    scene.anna.show().await;
    scene.recovers("hidden and shown", reachable).await;
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

#[tokio::test]
async fn after_a_restart_while_hidden() {
    let mut scene = Scene::direct().await;
    scene.anna.hide().await;
    scene.app.kill9();
    scene.change_the_file("missed").await;
    scene.app.restart().await;
    let reachable = SystemTime::now();
    scene.anna.show().await;
    scene.recovers("restart while hidden", reachable).await;
    scene.goes_on().await;
}

#[tokio::test]
async fn after_being_hidden_and_shown_while_an_attempt_was_pending() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    proxy.refuse();
    proxy.cut();
    let failed = "return heard.filter((type) => type === 'retrying').length >= 4";
    scene.anna.wait_until("the next attempt was far", failed, json!(null)).await;
    scene.anna.hide().await;
    scene.change("missed").await;
    proxy.pass();
    let reachable = SystemTime::now();
    scene.anna.show().await;
    scene.recovers("hidden and shown during an outage", reachable).await;
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

#[tokio::test]
async fn a_page_that_is_hidden_during_an_outage_opens_nothing_until_it_is_shown() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    proxy.refuse();
    proxy.cut();
    scene.is_lost().await;
    scene.anna.hide().await;
    let quiet = "return [...timers.values()].every((time) => time > 10000)";
    scene.anna.wait_until("no attempt was pending", quiet, json!(null)).await;
    proxy.pass();
    scene.change("missed").await;
    let before = proxy.seen().count("GET /_orion/live");
    let reachable = SystemTime::now();
    scene.anna.show().await;
    scene.recovers("hidden during an outage, shown after it", reachable).await;
    assert_eq!(proxy.seen().count("GET /_orion/live"), before + 1);
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

#[tokio::test]
async fn a_page_opened_in_the_background_opens_nothing_until_it_is_shown() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    scene.anna.hide().await;
    scene.anna.goto("/").await;
    scene.record().await;
    scene
        .anna
        .wait_until(
            "it began without a stream",
            "return document.hidden && find(['#orion-live', null]).open",
            json!(null),
        )
        .await;
    assert_eq!(proxy.seen().streams, 0);
    scene.change("missed").await;
    let reachable = SystemTime::now();
    scene.anna.show().await;
    scene.recovers("opened in the background and shown", reachable).await;
    scene.goes_on().await;
    assert_eq!(proxy.seen().streams, 1);
}

#[tokio::test]
async fn after_going_elsewhere_and_back() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    scene.anna.goto("about:blank").await;
    proxy.wait_until("the page gave its stream back", |seen| seen.streams == 0).await;
    scene.change("missed").await;
    scene.anna.back().await;
    scene.is_right().await;
    scene.change("and further").await;
    scene.is_right().await;
    assert_eq!(proxy.seen().streams, 1);
    assert_eq!(scene.anna.console_errors().await, [""; 0]);
}
