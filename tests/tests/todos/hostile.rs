//! Titles that would be markup, script, or a line of the stream, were they not only text.

use crate::{add, todos, visitor};
use orion_tests::{Browser, Window};
use serde_json::json;

/// What a person can type.
const TYPED: [&str; 6] = [
    "<b>bold</b>",
    r#"quotes " and ' and `"#,
    "'); alert(1)//",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "${$title} @post('/todos') &lt;",
];

#[tokio::test]
async fn a_hostile_title_is_text_in_the_other_window_and_after_a_reload() {
    let app = todos().await;
    let browser = Browser::start().await;
    let (anna, ben) = (visitor(&browser, &app).await, visitor(&browser, &app).await);
    for title in TYPED {
        add(&anna, title).await;
        shows(&ben, title).await;
        anna.wait_value("input", "").await;
    }
    let long = "ten thousand ".repeat(800);
    let sent = [
        "before\rdata: elements <b id=todos-list>gone</b>\r\revent: datastar-patch-signals\rafter",
        "two\r\n\r\nlines\n\nand more",
        "separators \u{2028} and \u{2029} and \u{85} and more",
        "\u{202e}backwards \u{1f600}\u{200d}\u{fe0f}",
        long.trim(),
    ];
    for title in sent {
        let answer = app.client().post("/todos").signals(&json!({ "title": title })).send().await;
        assert_eq!(answer.status, 200);
        shows(&ben, title).await;
    }
    let all = TYPED.len() + sent.len();
    for window in [&anna, &ben] {
        window.wait_count("#todos-list li", all).await;
        assert_eq!(window.console_errors().await, [""; 0]);
    }
    anna.reload().await;
    for title in TYPED.into_iter().chain(sent) {
        shows(&anna, title).await;
    }
    assert_eq!(anna.console_errors().await, [""; 0]);
}

/// Waits until a todo's text is `title`, and that nothing of it became an element. HTML knows no line end but LF.
async fn shows(window: &Window, title: &str) {
    let text = title.replace("\r\n", "\n").replace('\r', "\n");
    let condition = "return all('#todos-list li button').some((e) => e.textContent === args)
        && all('#todos-list li button *').length === 0";
    window.wait_until(&format!("{title:?} was the text of a todo"), condition, json!(text)).await;
}
