//! What is seen when the application fails: all of it in development, nothing of it in production.

use crate::{add, in_production, todos, visitor};
use orion_tests::{App, Browser};
use serde_json::json;

/// Another program takes the table away …
const BREAK: &str = "alter table todos rename to elsewhere";
/// … and gives it back.
const REPAIR: &str = "alter table elsewhere rename to todos";

/// What is shown of the cause.
const CAUSE: &str = "no such table: todos";

fn sql(app: &App, statement: &str) {
    let database = rusqlite::Connection::open(app.folder().join("todos.db")).expect("the database opens");
    database.execute_batch(statement).expect("the statement runs");
}

#[tokio::test]
async fn in_development_what_failed_is_shown_with_its_causes() {
    let app = todos().await;
    let anna = visitor(&Browser::start().await, &app).await;
    add(&anna, "Buy milk").await;
    anna.wait_texts("#todos-list li", &["Buy milk"]).await;
    sql(&app, BREAK);

    add(&anna, "Bread").await;
    anna.wait_text("#orion-overlay", CAUSE).await;
    assert_eq!(anna.texts("#todos-list li").await, ["Buy milk"], "the last good frame stays");
    anna.wait_value("input", "Bread").await;
    let answer = app.client().post("/todos").signals(&json!({ "title": "Honey" })).send().await;
    assert_eq!(answer.status, 500);
    assert!(answer.text().contains("command todos::create"), "{}", answer.text());
    assert!(answer.text().contains(CAUSE), "{}", answer.text());

    anna.reload().await;
    anna.wait_text("#todos-list", CAUSE).await;
    anna.wait_text("#orion-overlay", "region `todos::list`").await;
    sql(&app, REPAIR);
    anna.wait_texts("#todos-list li", &["Buy milk"]).await;
    anna.wait_gone("#orion-overlay").await;
}

#[tokio::test]
async fn in_production_nobody_is_told_what_failed() {
    let app = in_production().await;
    let anna = visitor(&Browser::start().await, &app).await;
    add(&anna, "Buy milk").await;
    anna.wait_texts("#todos-list li", &["Buy milk"]).await;
    sql(&app, BREAK);

    add(&anna, "Bread").await;
    anna.wait_text("#orion-refusal", "That did not work.").await;
    let answer = app.client().post("/todos").signals(&json!({ "title": "Honey" })).send().await;
    assert_eq!((answer.status, answer.text().as_str()), (500, "Something went wrong on the server."));
    assert!(app.log().contains(CAUSE), "the log has it");
    anna.reload().await;
    assert_eq!(anna.text("h1").await, "Todos");
    assert_eq!(anna.text("#todos-list").await, "", "a region that fails is empty");
    anna.wait_count("#orion-overlay", 0).await;
    let page = anna.html("html").await;
    assert!(!page.contains("no such table") && !page.contains("todos::list"), "{page}");
    sql(&app, REPAIR);
    anna.wait_texts("#todos-list li", &["Buy milk"]).await;
}

#[tokio::test]
async fn a_refusal_is_told_until_the_next_command() {
    let app = in_production().await;
    let anna = visitor(&Browser::start().await, &app).await;
    add(&anna, "Buy milk").await;
    anna.wait_texts("#todos-list li", &["Buy milk"]).await;
    anna.eval("document.querySelector('#todo-1').removeAttribute('id')", json!(null)).await;
    anna.eval(
        "document.querySelector('li button').setAttribute('data-on:click', \"@post('/todos/7/toggle')\")",
        json!(null),
    )
    .await;
    anna.click("li button").await;
    anna.wait_text("#orion-refusal", "That is not there any more.").await;
    add(&anna, "Bread").await;
    anna.wait_texts("#todos-list li", &["Buy milk", "Bread"]).await;
    anna.wait_gone("#orion-refusal").await;
}
