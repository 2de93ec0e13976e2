//! The page itself: its form, with and without JavaScript.

use crate::{add, todos, visitor};
use orion_tests::{Browser, Key};

#[tokio::test]
async fn an_empty_title_is_answered_beside_the_field_until_the_next_success() {
    let app = todos().await;
    let anna = visitor(&Browser::start().await, &app).await;
    assert!(!anna.sees("#title-error").await);
    add(&anna, "   ").await;
    anna.wait_text("#title-error", "Say what there is to do").await;
    anna.wait_visible("#title-error").await;
    assert_eq!(anna.value("input").await, "   ", "the draft stays");
    assert_eq!(anna.texts("#todos-list li").await, [""; 0]);

    anna.type_into("input", "Buy milk").await;
    anna.press(Key::Enter).await;
    anna.wait_texts("#todos-list li", &["Buy milk"]).await;
    anna.wait_gone("#title-error").await;
    anna.wait_value("input", "").await;
    assert_eq!(anna.console_errors().await, [""; 0]);
}

#[tokio::test]
async fn without_javascript_the_list_can_be_read_and_added_to() {
    let app = todos().await;
    let browser = Browser::start().await;
    let anna = browser.window(&app.url()).await;
    anna.set_javascript(false).await;
    anna.goto("/").await;
    assert_eq!(anna.text("h1").await, "Todos");
    assert_eq!(anna.text("#todos-list").await, "0 remaining", "first paint is complete");
    assert!(!anna.sees("#title-error").await);
    assert!(!anna.sees("#orion-banner").await);
    for title in ["Buy milk", "& <b>honey</b>"] {
        add(&anna, title).await;
        anna.wait_text("#todos-list", title).await;
        assert_eq!(anna.location().await, "/", "the answer was a redirect back to the page");
    }
    assert_eq!(anna.texts("#todos-list li").await, ["Buy milk", "& <b>honey</b>"]);

    // Whoever has JavaScript hears of it.
    let ben = visitor(&browser, &app).await;
    ben.wait_count("#todos-list li", 2).await;
    add(&anna, "Bread").await;
    ben.wait_texts("#todos-list li", &["Buy milk", "& <b>honey</b>", "Bread"]).await;
}

#[tokio::test]
async fn without_javascript_an_empty_title_is_refused_with_the_same_sentence() {
    let app = todos().await;
    let answer = app.client().post("/todos").form(&[("title", " ")]).send().await;
    assert_eq!((answer.status, answer.text().as_str()), (422, "title: Say what there is to do\n"));
    let answer = app.client().post("/todos").form(&[("title", "milk")]).send().await;
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
}
