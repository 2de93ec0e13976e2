//! `board` in Chromium and over HTTP: several people on one board.

mod codings;
mod keyed;
mod making;
mod people;
mod phone;
mod together;
mod typing;

use orion_tests::{App, Browser, Key, Window, binary};
use serde_json::json;

async fn board() -> App {
    App::start(binary("board")).await
}

/// Makes a board, whose columns are To do, Doing and Done, and returns its path.
async fn make(app: &App, name: &str) -> String {
    let answer = app.client().post("/boards").form(&[("name", name)]).send().await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    answer.header("location").to_owned()
}

/// A new visitor in front of a page.
async fn visitor(browser: &Browser, app: &App, path: &str) -> Window {
    let window = browser.window(&app.url()).await;
    window.goto(path).await;
    window
}

/// Adds a card as a person does.
async fn add(window: &Window, column: &str, title: &str) {
    let field = format!("input[aria-label='New card in {column}']");
    window.type_into(&*field, title).await;
    window.press(Key::Enter).await;
    window.wait_value(&*field, "").await;
}

/// Renames a card as a person does: a click on its title, another text, Enter.
async fn rename(window: &Window, card: usize, title: &str) {
    let field = format!("#edit-{card}");
    window.click(&*format!("#title-{card}")).await;
    window.wait_visible(&*field).await;
    window.clear(&*field).await;
    window.type_into(&*field, title).await;
    window.press(Key::Enter).await;
    window.wait_gone(&*field).await;
}

/// Waits until the window shows exactly these cards in To do, Doing and Done.
async fn shows(window: &Window, columns: [&[&str]; 3]) {
    let condition = "
        const titles = (lane) => [...lane.querySelectorAll('.card .title')].map((e) => e.textContent);
        return JSON.stringify(all('.lane').map(titles)) === JSON.stringify(args)";
    window.wait_until(&format!("the columns held {columns:?}"), condition, json!(columns)).await;
}

async fn no_errors(windows: &[&Window]) {
    for window in windows {
        assert_eq!(window.console_errors().await, [""; 0]);
    }
}
