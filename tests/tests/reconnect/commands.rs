//! What a viewer does while the application cannot be reached.

use crate::scene::Scene;
use std::time::SystemTime;

async fn add(scene: &Scene, title: &str) {
    scene.anna.type_into("input", title).await;
    scene.anna.click("form button").await;
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
