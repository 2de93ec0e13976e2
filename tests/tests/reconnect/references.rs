//! What a page may ask for is signed: it holds in every process on one database, and in none on another.

use crate::scene::{BANNER, Scene, todos};
use orion_tests::{App, binary};
use serde_json::json;

#[tokio::test]
async fn a_page_of_the_process_before_is_served_by_the_next() {
    let mut app = todos().start().await;
    let visitor = app.client();
    let path = visitor.live("/").await;
    app.kill9();
    app.restart().await;
    let mut events = visitor.get(&path).stream().await;
    events.until("the list came", |event| event.value("elements").contains("0 remaining")).await;
}

#[tokio::test]
async fn a_reference_that_was_forged_or_belongs_to_another_is_told_to_stop() {
    let app = App::start(binary("todos")).await;
    let (ann, bob) = (app.client(), app.client());
    let path = ann.live("/").await;
    bob.live("/").await;
    let forged = |from: &str, to: &str| path.replacen(from, to, 1);
    let stranger = app.client();
    for (visitor, path) in [
        (&bob, path.clone()),
        (&stranger, path.clone()),
        (&ann, forged("page=", "page=A")),
        (&ann, forged("page=", "page")),
        (&ann, path[..path.len() - 1].to_owned()),
        (&ann, "/_orion/live".to_owned()),
    ] {
        let answer = visitor.get(&path).send().await;
        assert_eq!((answer.status, answer.text().as_str()), (204, ""), "{path}");
    }
    assert_eq!(ann.get(&path).stream().await.status, 200);
}

#[tokio::test]
async fn a_page_of_another_database_says_so_and_asks_no_more() {
    let (mut scene, proxy) = Scene::behind_a_proxy().await;
    scene.app.kill9();
    scene.is_lost().await;
    for file in ["todos.db", "todos.db-wal", "todos.db-shm"] {
        let _ = std::fs::remove_file(scene.app.folder().join(file));
    }
    scene.app.restart().await;
    scene.anna.wait_text(BANNER, "This page is not kept up to date any more. Reload it").await;
    assert_eq!(scene.anna.texts("#todos-list li").await, ["first"], "what it shows is left as it was");

    // Neither the watchdog, made to look at every moment, nor a tab that is shown, nor a network that is back.
    let asked = proxy.seen().count("GET /_orion/live");
    assert!(scene.app.log().contains(r#""status":204"#), "{}", scene.app.log());
    let hurry = "const now = Date.now; Date.now = () => now() + 60000;
        const live = find(['#orion-live', null]);
        live.setAttribute('data-on-interval__duration.10ms', live.getAttribute('data-on-interval__duration.10s'));
        window.looks = 0; setInterval(() => looks++, 10)";
    scene.anna.eval(hurry, json!(null)).await;
    scene.anna.hide().await;
    scene.anna.show().await;
    scene.anna.set_online(false).await;
    scene.anna.set_online(true).await;
    scene.anna.wait_until("the watchdog looked often", "return looks > 50", json!(null)).await;
    assert_eq!(proxy.seen().count("GET /_orion/live"), asked);

    scene.anna.click("#orion-banner a").await;
    scene.anna.wait_text("#todos-list", "0 remaining").await;
    scene.app.client().post("/todos").form(&[("title", "live again")]).send().await;
    scene.anna.wait_texts("#todos-list li", &["live again"]).await;
    scene.anna.wait_gone(BANNER).await;
    assert_eq!(scene.anna.console_errors().await, [""; 0]);
}
