//! Renders that do not end: what can be ended is, what cannot is named, and everybody else is served meanwhile.

use crate::CARELESS;
use orion_tests::{App, in_time};
use serde_json::json;

async fn in_haste() -> App {
    App::of(CARELESS).health().env("ORION_READ_TIMEOUT", "1").start().await
}

async fn endless(app: &App, yes: bool) {
    assert_eq!(app.client().post(&format!("/endless/{yes}")).signals(&json!({})).send().await.status, 204);
}

#[tokio::test]
async fn a_query_that_does_not_end_is_ended_and_the_last_good_frame_stays() {
    let app = in_haste().await;
    let anna = app.client();
    let mut events = anna.get(&anna.live("/counted").await).stream().await;
    events.until("it was counted", |event| event.value("elements").contains("to 1 with 0")).await;
    endless(&app, true).await;
    app.wait_log("a region failed; its last frame stays").await;
    let log = app.log();
    assert!(
        log.contains("region `wall::counted`") && log.contains("took longer than `read_timeout`"),
        "{log}"
    );
    assert_eq!(app.client().get("/raw").send().await.status, 200, "others are served");
    let page = app.client().get("/counted").send().await;
    assert_eq!((page.status, page.text().contains("counted to")), (200, false), "first paint leaves it out");

    endless(&app, false).await;
    let next =
        events.until("it was counted again", |event| event.value("elements").contains("counted to")).await;
    assert!(next.value("elements").contains("to 1 with 2"), "no other frame came in between: {next:?}");
}

#[tokio::test]
async fn a_render_that_does_not_end_is_named_and_counted_until_it_does() {
    let app = in_haste().await;
    let anna = app.client();
    let mut events = anna.get(&anna.live("/looped").await).stream().await;
    events.until("it was rendered", |event| event.value("elements").contains("looped with 0")).await;
    endless(&app, true).await;
    app.wait_log("a render does not end").await;
    assert!(app.log().contains("region `wall::looped`"), "{}", app.log());
    let overdue = async |count: usize| {
        let line = format!("\norion_renders_overdue {count}\n");
        let said = async { while !app.health().get("/metrics").send().await.text().contains(&line) {} };
        in_time(&format!("{count} renders were overdue"), said).await;
    };
    overdue(1).await;
    assert_eq!(app.client().get("/raw").send().await.status, 200, "others are served");
    endless(&app, false).await;
    events.until("it was rendered again", |event| event.value("elements").contains("looped with 2")).await;
    overdue(0).await;
}
