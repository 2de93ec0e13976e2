//! `todos` in Chromium: what the README promises.

use orion_tests::{App, Browser, binary};

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_repaint_each_other() {
    let app = App::start(binary("todos")).await;
    let browser = Browser::start().await;
    let (anna, ben) = (browser.window(&app.url()).await, browser.window(&app.url()).await);
    anna.goto("/").await;
    ben.goto("/").await;
    ben.wait_text("#todos-list", "0 remaining").await;
    anna.type_into("input", "Buy milk").await;
    anna.click("form button").await;
    ben.wait_text("#todos-list", "Buy milk").await;
    anna.wait_text("#todos-list", "1 remaining").await;
    anna.wait_value("input", "").await;
    ben.click("#todo-1 button").await;
    anna.wait_text("#todos-list", "0 remaining").await;
    println!("{:?}", anna.console_errors().await);
}
