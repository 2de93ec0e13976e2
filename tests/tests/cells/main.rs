//! `cells` in Chromium and over HTTP: one sheet, many windows.

mod http;
mod moving;
mod together;

use orion_tests::{App, Browser, Window, binary};

async fn cells() -> App {
    App::of(binary("cells")).env("ORION_DEVELOPMENT", "false").start().await
}

/// A new visitor in front of a window of the sheet.
async fn visitor(browser: &Browser, app: &App, path: &str) -> Window {
    let window = browser.window(&app.url()).await;
    window.goto(path).await;
    window
}

/// Waits until exactly these cells are on of those that the window shows.
async fn shows(window: &Window, cells: &[&str]) {
    let condition =
        "return JSON.stringify(all('.block input:checked').map((e) => e.id)) === JSON.stringify(args)";
    window.wait_until(&format!("the cells {cells:?} were on"), condition, serde_json::json!(cells)).await;
}

async fn no_errors(windows: &[&Window]) {
    for window in windows {
        assert_eq!(window.console_errors().await, [""; 0]);
    }
}
