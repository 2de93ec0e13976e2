//! `todos` in Chromium: what the README promises, and what a visitor may do to it.

mod failing;
mod hostile;
mod page;
mod stream;
mod tabs;
mod together;

use orion_tests::{App, Browser, Window, binary};

async fn todos() -> App {
    App::of(binary("todos")).env("ORION_DEVELOPMENT", "true").start().await
}

async fn in_production() -> App {
    App::of(binary("todos")).env("ORION_DEVELOPMENT", "false").start().await
}

/// A new visitor in front of the list.
async fn visitor(browser: &Browser, app: &App) -> Window {
    let window = browser.window(&app.url()).await;
    window.goto("/").await;
    window
}

/// Adds a todo as a person does.
async fn add(window: &Window, title: &str) {
    window.type_into("input", title).await;
    window.click("form button").await;
}
