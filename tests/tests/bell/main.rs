//! `bell` in Chromium: what no table holds reaches the open pages by its topic.

use orion_tests::{App, Browser, Window, binary};

async fn visitor(browser: &Browser, app: &App) -> Window {
    let window = browser.window(&app.url()).await;
    window.goto("/").await;
    window
}

#[tokio::test]
async fn who_rings_at_a_door_is_heard_in_the_other_window_and_forgotten_by_a_restart() {
    let mut app = App::of(binary("bell")).env("ORION_DEVELOPMENT", "true").start().await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app).await, visitor(&browser, &app).await);
    ben.wait_text("#bell-heard-0", "Nobody has rung yet.").await;

    anna.click(".door:first-child button").await;
    anna.wait_text("#name-error", "Who is there?").await;
    anna.type_into("input", "Anna").await;
    anna.click(".door:first-child button").await;
    ben.wait_texts("#bell-heard-0 li", &["Anna"]).await;
    anna.wait_gone("#name-error").await;
    ben.type_into("input", "<b>Ben</b>").await;
    ben.click(".door:last-child button").await;
    anna.wait_texts("#bell-heard-1 li", &["<b>Ben</b>"]).await;
    assert_eq!(anna.texts("#bell-heard-0 li").await, ["Anna"]);
    assert_eq!(anna.value("input").await, "Anna", "the name stays for the next ring");
    for window in [&anna, &ben] {
        assert_eq!(window.console_errors().await, [""; 0]);
    }

    app.restart().await;
    anna.wait_text("#bell-heard-0", "Nobody has rung yet.").await;
}
