//! The process ends and comes back, in good order or not.

use crate::scene::Scene;
use orion_tests::Window;
use std::time::{Duration, SystemTime};

/// Begins to type something that must survive whatever comes.
async fn half_typed(anna: &Window) {
    anna.type_into("input", "half a sen").await;
}

async fn still_half_typed(anna: &Window) {
    anna.wait_value("input", "half a sen").await;
    assert!(anna.is_focused("input").await);
}

#[tokio::test]
async fn after_a_graceful_restart() {
    let mut scene = Scene::direct().await;
    assert_eq!(scene.app.term().await.code(), Some(0), "although a stream was open");
    scene.change_the_file("missed").await;
    scene.is_lost().await;
    scene.app.restart().await;
    scene.recovers("graceful restart", SystemTime::now()).await;
    scene.goes_on().await;
}

#[tokio::test]
async fn after_a_kill_and_two_seconds_without_a_process() {
    let mut scene = Scene::direct().await;
    scene.app.kill9();
    scene.change_the_file("missed").await;
    scene.is_lost().await;
    tokio::time::sleep(Duration::from_secs(2)).await;
    scene.app.restart().await;
    scene.recovers("kill -9, back after 2 s", SystemTime::now()).await;
    scene.goes_on().await;
}

#[tokio::test]
async fn after_two_restarts_in_a_row() {
    let mut scene = Scene::direct().await;
    scene.app.restart().await;
    assert_eq!(scene.app.term().await.code(), Some(0));
    scene.change_the_file("missed").await;
    scene.app.restart().await;
    scene.recovers("two restarts in a row", SystemTime::now()).await;
    scene.goes_on().await;
}

#[tokio::test]
async fn what_is_half_typed_survives_a_restart_and_can_be_sent() {
    let mut scene = Scene::direct().await;
    half_typed(&scene.anna).await;
    scene.app.kill9();
    scene.change_the_file("missed").await;
    scene.is_lost().await;
    still_half_typed(&scene.anna).await;
    scene.app.restart().await;
    scene.recovers("restart while a form is half typed", SystemTime::now()).await;
    still_half_typed(&scene.anna).await;
    scene.anna.type_into("input", "tence").await;
    scene.anna.click("form button").await;
    scene.titles.push("half a sentence".to_owned());
    scene.is_right().await;
    scene.anna.wait_value("input", "").await;
    scene.goes_on().await;
}
