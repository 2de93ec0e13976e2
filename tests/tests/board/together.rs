//! Two people move cards on one board.

use crate::{add, board, make, no_errors, rename, shows, visitor};
use orion_tests::{Browser, Key};

#[tokio::test]
async fn what_one_does_with_cards_both_see() {
    let app = board().await;
    let path = make(&app, "Kitchen").await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app, &path).await, visitor(&browser, &app, &path).await);
    let both = async |columns: [&[&str]; 3]| {
        shows(&anna, columns).await;
        shows(&ben, columns).await;
    };

    for title in ["Milk", "<i>Bread</i>", "Honey"] {
        add(&anna, "To do", title).await;
    }
    both([&["Milk", "<i>Bread</i>", "Honey"], &[], &[]]).await;

    rename(&ben, 2, "Rye bread").await;
    both([&["Milk", "Rye bread", "Honey"], &[], &[]]).await;

    ben.click("#card-1 button[aria-label='Move to Doing']").await;
    both([&["Rye bread", "Honey"], &["Milk"], &[]]).await;
    anna.click("#card-1 button[aria-label='Move to Done']").await;
    both([&["Rye bread", "Honey"], &[], &["Milk"]]).await;
    anna.click("#card-1 button[aria-label='Move to Doing']").await;
    both([&["Rye bread", "Honey"], &["Milk"], &[]]).await;

    anna.drag("#card-3", "#card-2").await;
    both([&["Honey", "Rye bread"], &["Milk"], &[]]).await;
    ben.drag("#card-3", "#card-1").await;
    both([&["Rye bread"], &["Honey", "Milk"], &[]]).await;
    anna.drag("#card-1", "#column-3").await;
    both([&["Rye bread"], &["Honey"], &["Milk"]]).await;
    anna.wait_count(".dragged", 0).await;

    ben.click("#card-2 button[aria-label='Remove']").await;
    both([&[], &["Honey"], &["Milk"]]).await;
    for window in [&anna, &ben] {
        window.wait_text("#activity-feed-1 li:first-child", "removed “Rye bread”").await;
    }
    anna.reload().await;
    both([&[], &["Honey"], &["Milk"]]).await;
    no_errors(&[&anna, &ben]).await;
}

#[tokio::test]
async fn a_card_without_a_title_is_not_made_and_none_becomes_one() {
    let app = board().await;
    let path = make(&app, "Kitchen").await;
    let anna = visitor(&Browser::start().await, &app, &path).await;
    anna.type_into("#new-2", " ").await;
    anna.press(Key::Enter).await;
    anna.wait_text("#c2-error", "Say what there is to do").await;
    assert!(!anna.sees("#c1-error").await, "the message is beside the field that was wrong");
    anna.type_into("#new-2", "Milk").await;
    anna.press(Key::Enter).await;
    shows(&anna, [&[], &["Milk"], &[]]).await;
    anna.wait_gone("#c2-error").await;

    anna.click("#title-1").await;
    anna.clear("#edit-1").await;
    anna.type_into("#edit-1", " ").await;
    anna.press(Key::Enter).await;
    anna.wait_text("#edit-error-1", "A card needs a title").await;
    anna.press(Key::Escape).await;
    anna.wait_gone("#edit-1").await;
    shows(&anna, [&[], &["Milk"], &[]]).await;
    anna.click("#title-1").await;
    anna.wait_value("#edit-1", "Milk").await;
    assert!(!anna.sees("#edit-error-1").await, "what was wrong last time is forgotten");
    no_errors(&[&anna]).await;
}
