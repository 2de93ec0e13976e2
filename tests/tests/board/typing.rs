//! Nobody loses what they are typing to what somebody else does.

use crate::{add, board, make, no_errors, rename, shows, visitor};
use orion_tests::{App, Browser, Key, Window};
use serde_json::{Value as Json, json};

/// Anna and Ben at a board with Milk, Bread and Honey to do.
async fn anna_and_ben(app: &App) -> (Window, Window) {
    let path = make(app, "Kitchen").await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, app, &path).await, visitor(&browser, app, &path).await);
    for title in ["Milk", "Bread", "Honey"] {
        add(&ben, "To do", title).await;
    }
    shows(&anna, [&["Milk", "Bread", "Honey"], &[], &[]]).await;
    (anna, ben)
}

/// A field in which somebody stopped in the middle of a word.
struct HalfTyped<'a> {
    window: &'a Window,
    field: &'a str,
    text: &'a str,
}

impl<'a> HalfTyped<'a> {
    /// Types `text` and goes back by three characters.
    async fn new(window: &'a Window, field: &'a str, text: &'a str) -> Self {
        window.clear(field).await;
        window.type_into(field, text).await;
        for _ in 0..3 {
            window.press(Key::Left).await;
        }
        let typed = Self { window, field, text };
        typed.is_untouched().await;
        typed
    }

    /// Text, focus and caret are where they were left.
    async fn is_untouched(&self) {
        let state =
            "const e = document.activeElement; return [e.id, e.value, e.selectionStart, e.selectionEnd]";
        let caret = self.text.len() - 3;
        let expected = json!([self.field.trim_start_matches('#'), self.text, caret, caret]);
        assert_eq!(self.window.eval(state, Json::Null).await, expected);
    }
}

#[tokio::test]
async fn an_editor_that_is_open_keeps_text_focus_and_caret_whatever_the_other_does() {
    let app = board().await;
    let (anna, ben) = anna_and_ben(&app).await;
    anna.click("#title-1").await;
    anna.wait_visible("#edit-1").await;
    let typed = HalfTyped::new(&anna, "#edit-1", "Milk, two lit").await;

    add(&ben, "To do", "Salt").await;
    shows(&anna, [&["Milk", "Bread", "Honey", "Salt"], &[], &[]]).await;
    typed.is_untouched().await;

    ben.click("#card-2 button[aria-label='Move to Doing']").await;
    shows(&anna, [&["Milk", "Honey", "Salt"], &["Bread"], &[]]).await;
    typed.is_untouched().await;

    rename(&ben, 3, "Acacia honey").await;
    shows(&anna, [&["Milk", "Acacia honey", "Salt"], &["Bread"], &[]]).await;
    typed.is_untouched().await;

    ben.drag("#card-4", "#card-1").await;
    shows(&anna, [&["Salt", "Milk", "Acacia honey"], &["Bread"], &[]]).await;
    typed.is_untouched().await;

    // Even that very card.
    rename(&ben, 1, "Oat milk").await;
    shows(&anna, [&["Salt", "Oat milk", "Acacia honey"], &["Bread"], &[]]).await;
    typed.is_untouched().await;

    ben.click("#card-1 button[aria-label='Move to Doing']").await;
    shows(&anna, [&["Salt", "Acacia honey"], &["Bread", "Oat milk"], &[]]).await;
    typed.is_untouched().await;

    ben.click("#card-2 button[aria-label='Remove']").await;
    shows(&anna, [&["Salt", "Acacia honey"], &["Oat milk"], &[]]).await;
    typed.is_untouched().await;

    anna.press(Key::End).await;
    anna.type_into("#edit-1", "res").await;
    anna.press(Key::Enter).await;
    shows(&ben, [&["Salt", "Acacia honey"], &["Milk, two litres"], &[]]).await;
    no_errors(&[&anna, &ben]).await;
}

#[tokio::test]
async fn a_card_that_is_being_written_keeps_text_focus_and_caret_whatever_the_other_does() {
    let app = board().await;
    let (anna, ben) = anna_and_ben(&app).await;
    let typed = HalfTyped::new(&anna, "#new-1", "Half a pou").await;

    add(&ben, "To do", "Salt").await;
    shows(&anna, [&["Milk", "Bread", "Honey", "Salt"], &[], &[]]).await;
    typed.is_untouched().await;

    ben.click("#card-1 button[aria-label='Move to Doing']").await;
    shows(&anna, [&["Bread", "Honey", "Salt"], &["Milk"], &[]]).await;
    typed.is_untouched().await;

    rename(&ben, 2, "Rye bread").await;
    shows(&anna, [&["Rye bread", "Honey", "Salt"], &["Milk"], &[]]).await;
    typed.is_untouched().await;

    ben.click("#card-3 button[aria-label='Remove']").await;
    shows(&anna, [&["Rye bread", "Salt"], &["Milk"], &[]]).await;
    typed.is_untouched().await;

    anna.press(Key::End).await;
    anna.type_into("#new-1", "nd of butter").await;
    anna.press(Key::Enter).await;
    shows(&ben, [&["Rye bread", "Salt", "Half a pound of butter"], &["Milk"], &[]]).await;
    anna.wait_value("#new-1", "").await;
    assert!(anna.is_focused("#new-1").await, "the next one can be written at once");
    no_errors(&[&anna, &ben]).await;
}
