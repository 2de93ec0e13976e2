//! What a viewer does while the application cannot be reached.

use crate::scene::Scene;
use serde_json::json;
use std::time::SystemTime;

async fn add(scene: &Scene, title: &str) {
    scene.anna.type_into("input", title).await;
    scene.anna.click("form button").await;
}

#[tokio::test]
async fn a_command_sent_to_nobody_is_sent_by_itself_once_somebody_is_there() {
    let mut scene = Scene::direct().await;
    scene.app.kill9();
    scene.is_lost().await;
    add(&scene, "sent once").await;
    scene.app.restart().await;
    scene.titles.push("sent once".to_owned());
    scene.recovers("a command while down", SystemTime::now()).await;
    scene.anna.wait_value("input", "").await;
    scene.goes_on().await;
}

#[tokio::test]
async fn a_command_sent_to_nobody_can_be_sent_again() {
    let mut scene = Scene::direct().await;
    scene.app.kill9();
    scene.is_lost().await;
    add(&scene, "sent twice").await;
    scene.anna.wait_value("input", "sent twice").await;
    scene.change_the_file("missed").await;
    scene.app.restart().await;
    scene.anna.click("form button").await;
    scene.titles.push("sent twice".to_owned());
    scene.recovers("a command while down, and again", SystemTime::now()).await;
    scene.anna.wait_value("input", "").await;
    scene.goes_on().await;
}

/// At least once: Chromium sends a request again whose answer was lost, then so does Datastar, and nothing tells the second from
/// the first.
#[tokio::test]
async fn a_command_whose_answer_is_lost_is_not_lost() {
    let (scene, proxy) = Scene::behind_a_proxy().await;
    proxy.lose_answers();
    add(&scene, "answered in vain").await;
    let failed = "return ['retrying', 'retries-failed'].includes(commands.at(-1))";
    scene.anna.wait_until("the command seemed to fail", failed, json!(null)).await;
    proxy.pass();
    scene.anna.wait_text("#todos-list", "answered in vain").await;
    println!("a command whose answer is lost was sent {} times", proxy.seen().count("POST /todos "));
}
