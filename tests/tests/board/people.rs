//! Who is here, what they are called, and what is new to each of them.

use crate::{add, board, make, no_errors, visitor};
use orion_tests::{Browser, Key, Window};

#[tokio::test]
async fn those_who_are_here_come_and_go_with_their_windows() {
    let app = board().await;
    let (kitchen, garden) = (make(&app, "Kitchen").await, make(&app, "Garden").await);
    let browser = Browser::start().await;
    let anna = visitor(&browser, &app, &kitchen).await;
    anna.wait_count(".here li", 1).await;
    let ben = visitor(&browser, &app, &garden).await;
    ben.wait_count(".here li", 1).await;
    ben.goto(&kitchen).await;
    for window in [&anna, &ben] {
        window.wait_count(".here li", 2).await;
    }
    let again = ben.sibling().await;
    again.goto(&kitchen).await;
    again.wait_count(".here li", 2).await;
    ben.close().await;
    add(&again, "To do", "Milk").await;
    anna.wait_text("#boards-lanes-1", "Milk").await;
    assert_eq!(anna.texts(".here li").await.len(), 2, "whoever has a window left is still here");
    again.close().await;
    anna.wait_count(".here li", 1).await;
    no_errors(&[&anna]).await;
}

#[tokio::test]
async fn a_new_name_is_in_everybodys_feed_and_a_short_one_is_refused() {
    let app = board().await;
    let path = make(&app, "Kitchen").await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app, &path).await, visitor(&browser, &app, &path).await);
    add(&anna, "To do", "Milk").await;
    ben.wait_text("#activity-feed-1", "added “Milk”").await;
    let guest = anna.text("#people-me strong").await;
    ben.wait_text("#activity-feed-1", &format!("{guest} added “Milk”")).await;

    name(&anna, "A").await;
    anna.wait_text("#nickname-error", "At least 2 characters").await;
    name(&anna, "nna <b>B</b>").await;
    anna.wait_gone("#nickname-error").await;
    anna.wait_text("#orion-toasts", "You are Anna <b>B</b> now").await;
    anna.wait_text("#people-me", "You are Anna <b>B</b>").await;
    assert!(anna.sees("#nickname").await, "the form stays open");
    ben.wait_text("#activity-feed-1", "Anna <b>B</b> added “Milk”").await;
    ben.wait_visible(".here li[title='Anna <b>B</b>']").await;
    no_errors(&[&anna, &ben]).await;
}

#[tokio::test]
async fn each_sees_their_own_name_and_count_and_clears_only_their_own() {
    let app = board().await;
    let path = make(&app, "Kitchen").await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app, &path).await, visitor(&browser, &app, &path).await);
    let names = [anna.text("#people-me").await, ben.text("#people-me").await];
    assert!(names.iter().all(|name| name.starts_with("You are Guest ")), "{names:?}");
    assert_ne!(names[0], names[1]);

    // Somebody else made the board.
    for window in [&anna, &ben] {
        window.wait_text(".unread", "1 new").await;
    }
    add(&anna, "To do", "Milk").await;
    ben.wait_text(".unread", "2 new").await;
    add(&ben, "To do", "Bread").await;
    add(&ben, "To do", "Salt").await;
    anna.wait_text(".unread", "3 new").await;

    anna.click(".unread").await;
    anna.wait_gone(".unread").await;
    add(&anna, "To do", "Honey").await;
    ben.wait_text(".unread", "3 new").await;
    assert!(!anna.sees(".unread").await, "what one does oneself is nothing new");
    ben.click(".unread").await;
    ben.wait_gone(".unread").await;
    add(&ben, "To do", "Butter").await;
    anna.wait_text(".unread", "1 new").await;
    no_errors(&[&anna, &ben]).await;
}

/// Types at the end of the name and sends it.
async fn name(window: &Window, more: &str) {
    if !window.sees("#nickname").await {
        window.click(".who summary").await;
    }
    window.type_into("#nickname", more).await;
    window.press(Key::Enter).await;
}
