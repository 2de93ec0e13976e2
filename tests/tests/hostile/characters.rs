//! Every character through every field into every viewer's stream: what comes out is the text that went in, and nothing else of the stream
//! is changed by it.

use crate::todos;
use http::Method;
use orion_tests::http::{Events, Request};
use orion_tests::{App, Browser, Client, binary};
use serde_json::json;

const CODINGS: [&str; 3] = ["identity", "gzip", "br"];

/// All control characters, those that are special to HTML, Datastar and JSON, and what ends a script, a line or an event. Each with a number,
/// so that none is taken for another.
fn texts() -> Vec<String> {
    let controls = (0..=0x1f).chain(0x7f..=0xa0).filter_map(char::from_u32);
    let mut texts: Vec<String> = controls.map(|c| format!("{c}b")).collect();
    texts.extend(
        [
            "\rdata: elements <b id=forged>",
            "\r\revent: datastar-patch-signals\rdata: signals {forged:1}\r\rb",
            "\n\nevent: datastar-patch-elements\ndata: elements <b id=forged></b>\n\nb",
            "\r\n\r\nid: forged\r\nretry: 1\r\n\r\nb",
            "\u{2028}b\u{2029}c\u{feff}e\u{202e}f\u{200d}g\u{fffe}h\u{10ffff}",
            "</script><script>forged()<!--",
            "]]> --> </body></html>",
            "\"' ` ${forged} \\ \\u003c",
            "&lt; &amp;lt; &#0; &CounterClockwiseContourIntegral;",
            "<img src=x onerror=forged()>",
            "'); @post('/forged'); $x=('",
        ]
        .map(str::to_owned),
    );
    texts.iter().enumerate().map(|(at, text)| format!("a{at}.{text}")).collect()
}

/// As markup has it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// As the lines of an event leave it: each of the three ways to end a line is one.
fn in_lines(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Three viewers who look at `page`, each with a coding of their own.
async fn looking_at(page: &str, app: &App, viewers: &[Client; 3]) -> Vec<Events> {
    let mut streams = Vec::new();
    for (viewer, coding) in viewers.iter().zip(CODINGS) {
        streams.push(viewer.get(&viewer.live(page).await).encoding(coding).stream().await);
    }
    assert_eq!(app.client().get(page).send().await.status, 200);
    streams
}

/// Asks with each of the texts, as far as its field takes it, and waits until all streams show it.
async fn through(streams: &mut [Events], longest: usize, ask: impl Fn(&str) -> Request) {
    for text in texts() {
        let text: String = text.chars().take(longest).collect();
        let answer = ask(text.trim()).send().await;
        assert_eq!(answer.status, 200, "{text:?}: {}", answer.text());
        let wanted = in_lines(&escaped(text.trim()));
        for (stream, coding) in streams.iter_mut().zip(CODINGS) {
            let what = format!("{text:?} came in {coding}");
            let event = stream.until(&what, |event| event.value("elements").contains(&wanted)).await;
            assert_eq!(event.name, "datastar-patch-elements", "{what}");
            assert!(event.data.iter().all(|line| line.starts_with("elements ")), "{what}: {:?}", event.data);
            assert!(!event.value("elements").contains("<b id=forged"), "{what}");
        }
    }
}

#[tokio::test]
async fn every_character_of_a_todo_reaches_every_viewer_as_it_is() {
    let app = todos().start().await;
    let viewers = CODINGS.map(|_| app.client());
    let mut streams = looking_at("/", &app, &viewers).await;
    through(&mut streams, 200, |text| viewers[0].post("/todos").signals(&json!({ "title": text }))).await;
}

#[tokio::test]
async fn every_character_of_a_boards_fields_reaches_every_viewer_as_it_is() {
    let app = App::start(binary("board")).await;
    let viewers = CODINGS.map(|_| app.client());
    let [first, ..] = &viewers;
    let mut boards = looking_at("/", &app, &viewers).await;
    through(&mut boards, 60, |name| first.post("/boards").signals(&json!({ "name": name }))).await;
    drop(boards);
    let mut board = looking_at("/boards/1", &app, &viewers).await;
    let add = |title: &str| first.post("/columns/1/cards").signals(&json!({ "add": { "c1": title } }));
    // The first card, before others have the same texts.
    assert_eq!(add("plain").send().await.status, 200);
    let rename = |title: &str| first.request(Method::PATCH, "/cards/1").signals(&json!({ "edit": title }));
    through(&mut board, 200, rename).await;
    through(&mut board, 200, add).await;
    // Beside what they did, in everybody's feed.
    let name = |name: &str| first.request(Method::PUT, "/me").signals(&json!({ "nickname": name }));
    through(&mut board, 30, name).await;
}

#[tokio::test]
async fn every_character_is_text_in_chromium_and_stays_so_after_a_reload() {
    let app = todos().start().await;
    let anna = Browser::start().await.window(&app.url()).await;
    anna.goto("/").await;
    for title in texts() {
        let answer = app.client().post("/todos").signals(&json!({ "title": title })).send().await;
        assert_eq!(answer.status, 200, "{title:?}");
    }
    // HTML knows one end of a line, and no NUL (WHATWG HTML, 13.2.3.5 and 13.2.6.4.7).
    let shown: Vec<String> = texts().iter().map(|text| in_lines(text.trim()).replace('\0', "")).collect();
    let condition = "const shown = all('#todos-list li button').map((e) => e.textContent);
        return JSON.stringify(shown) === JSON.stringify(args) && all('#todos-list li button *').length === 0";
    anna.wait_until("every title was text", condition, json!(shown)).await;
    anna.reload().await;
    anna.wait_until("every title was text on the page", condition, json!(shown)).await;
    assert_eq!(anna.console_errors().await, [""; 0]);
}
