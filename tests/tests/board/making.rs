//! The front page: making boards.

use crate::{board, make, no_errors, visitor};
use orion_tests::{Browser, Key};

#[tokio::test]
async fn a_board_is_made_on_the_page_which_goes_there_and_others_see_it_in_their_list() {
    let app = board().await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app, "/").await, visitor(&browser, &app, "/").await);
    ben.wait_text("#boards-index", "No board yet").await;
    anna.type_into("input[name=name]", "Kitchen & <b>garden</b>").await;
    anna.click("main form button").await;
    anna.wait_text("h1", "Kitchen & <b>garden</b>").await;
    assert_eq!(anna.location().await, "/boards/1");
    assert_eq!(anna.texts(".lane h2").await, ["TO DO", "DOING", "DONE"]);
    ben.wait_texts("#boards-index li", &["Kitchen & <b>garden</b> 0 cards"]).await;
    ben.click("#boards-index a").await;
    ben.wait_text("h1", "Kitchen & <b>garden</b>").await;
    no_errors(&[&anna, &ben]).await;
}

#[tokio::test]
async fn a_name_that_will_not_do_is_answered_beside_the_field() {
    let app = board().await;
    let anna = visitor(&Browser::start().await, &app, "/").await;
    anna.press(Key::Tab).await;
    anna.click("main form button").await;
    anna.wait_text("#name-error", "Give the board a name").await;
    let long = "x".repeat(61);
    anna.type_into("input[name=name]", &long).await;
    anna.press(Key::Enter).await;
    anna.wait_text("#name-error", "At most 60 characters").await;
    assert_eq!(anna.value("input[name=name]").await, long, "the draft stays");
    assert_eq!((anna.location().await.as_str(), anna.texts("#boards-index li").await), ("/", vec![]));
    anna.press(Key::Backspace).await;
    anna.press(Key::Enter).await;
    anna.wait_text("h1", &long[1..]).await;
    no_errors(&[&anna]).await;
}

#[tokio::test]
async fn without_javascript_boards_can_be_made_and_read() {
    let app = board().await;
    let anna = Browser::start().await.window(&app.url()).await;
    anna.set_javascript(false).await;
    anna.goto("/").await;
    anna.type_into("input[name=name]", "Kitchen").await;
    anna.click("main form button").await;
    anna.wait_text("h1", "Kitchen").await;
    assert_eq!(anna.location().await, "/boards/1");
    app.client()
        .post("/columns/1/cards")
        .signals(&serde_json::json!({ "add": { "c1": "Buy milk" } }))
        .send()
        .await;
    anna.reload().await;
    anna.wait_text("#column-1 .card", "Buy milk").await;
    assert!(!anna.sees("#edit-1").await, "an editor is closed until it is opened");
    anna.wait_text("#activity-feed-1", "added “Buy milk”").await;
}

#[tokio::test]
async fn a_board_that_is_not_there_is_a_page_that_says_so() {
    let app = board().await;
    make(&app, "Kitchen").await;
    let anna = app.client();
    for (path, status) in
        [("/boards/2", 404), ("/boards/-1", 404), ("/boards/kitchen", 400), ("/elsewhere", 404)]
    {
        let answer = anna.get(path).send().await;
        assert_eq!(answer.status, status, "{path}: {}", answer.text());
        assert!(answer.text().contains("Back to the start"), "{path}: {}", answer.text());
    }
}
