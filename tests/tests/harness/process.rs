//! The application's process.

use crate::stand_in;
use orion_tests::{App, binary};

#[tokio::test]
async fn an_application_is_terminated_and_started_again_in_its_folder_on_its_port() {
    let mut app = stand_in().await;
    let port = app.port();
    app.client().post("/say").form(&[("text", "milk")]).send().await;
    assert_eq!(app.term().await.code(), Some(0));
    app.restart().await;
    assert_eq!(app.port(), port);
    assert!(app.client().get("/").send().await.text().contains("<li>milk</li>"));
    assert!(app.folder().join("said.txt").is_file());
    assert_eq!(app.log().lines().count(), 2, "one line for each start");
}

#[tokio::test]
async fn a_killed_application_can_be_started_again() {
    let mut app = stand_in().await;
    let first = app.id();
    app.kill9();
    assert_eq!(app.id(), None);
    app.restart().await;
    assert_ne!(app.id(), first);
    assert_eq!(app.client().get("/").send().await.status, 200);
}

#[tokio::test]
#[should_panic(expected = "ended before it answered")]
async fn an_application_that_ends_at_once_fails_the_test_at_once() {
    App::start("false").await;
}

#[test]
fn a_program_of_the_workspace_is_built_and_found() {
    let todos = binary("todos");
    assert!(todos.is_file());
    assert_eq!(todos, binary("todos"));
}
