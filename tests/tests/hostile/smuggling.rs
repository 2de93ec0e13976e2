//! Requests that two readers of one connection could take for different ones (RFC 9112, section 11.2): each is refused, or read in one way
//! and the last of its connection. What follows is never taken for something that it is not.

use crate::{Answers, todos};
use orion_tests::App;

/// A command that would be done, were it read as a request.
const HIDDEN: &str = "POST /todos HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-type: application/x-www-form-urlencoded\r\n\
                      content-length: 14\r\n\r\ntitle=smuggled";

/// A command with these headers and this body, both as they are.
fn post(headers: &str, body: &str) -> String {
    format!(
        "POST /todos HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\n{headers}\r\n\r\n{body}"
    )
}

/// The command that adds this title.
fn add(title: &str) -> String {
    post(&format!("content-length: {}", title.len() + 6), &format!("title={title}"))
}

const LAST: &str = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

async fn says(app: &App, requests: &str) -> Vec<u16> {
    Answers::read(&app.client().raw(requests.as_bytes()).await).statuses()
}

async fn nothing_was_smuggled(app: &App) {
    let page = app.client().get("/").send().await.text();
    assert!(page.contains("0 remaining"), "{page}");
}

#[tokio::test]
async fn two_lengths_of_one_body_are_refused_or_the_last_that_is_read() {
    let app = todos().start().await;
    let all = format!("0\r\n\r\n{HIDDEN}");
    let length = format!("content-length: {}", all.len());
    let chunked = "transfer-encoding: chunked";
    for headers in [format!("{length}\r\n{chunked}"), format!("{chunked}\r\n{length}")] {
        assert_eq!(says(&app, &post(&headers, &all)).await, [422], "read as chunks, then closed: {headers}");
    }
    let hidden = HIDDEN.len();
    for headers in [
        format!("content-length: 0\r\ncontent-length: {hidden}"),
        format!("content-length: {hidden}\r\ncontent-length: 0"),
        format!("content-length: 0, {hidden}"),
        "content-length: +0".into(),
        "content-length: -1".into(),
        "content-length: 0x0".into(),
        "content-length: 0 0".into(),
        "content-length: ".into(),
        "content-length: 99999999999999999999999999".into(),
        "content-length : 0".into(),
        "content-length\t: 0".into(),
    ] {
        assert_eq!(says(&app, &post(&headers, HIDDEN)).await, [400], "{headers}");
    }
    nothing_was_smuggled(&app).await;
}

#[tokio::test]
async fn a_coding_that_does_not_end_in_chunks_is_refused() {
    let app = todos().start().await;
    for coding in [
        "identity",
        "chunked, identity",
        "xchunked",
        "chunked\u{b}",
        "chunked\r\ntransfer-encoding: identity",
        "\"chunked\"",
        "chunked;q=1",
    ] {
        let request = post(&format!("transfer-encoding: {coding}"), &format!("0\r\n\r\n{HIDDEN}"));
        assert_eq!(says(&app, &request).await, [400], "{coding:?}");
    }
    let older = post("transfer-encoding: chunked", &format!("0\r\n\r\n{HIDDEN}")).replacen("1.1", "1.0", 1);
    assert_eq!(says(&app, &older).await, [400]);
    nothing_was_smuggled(&app).await;
}

#[tokio::test]
async fn a_header_that_is_folded_or_holds_what_none_may_is_refused() {
    let app = todos().start().await;
    for headers in [
        "transfer-encoding:\r\n chunked",
        "x: a\r\n\tb: c",
        " x: a",
        "x",
        "x y: a",
        ": a",
        "x: a\rb: c",
        "x: a\0b",
        "x: a\r\r\nb: c",
    ] {
        let request = post(&format!("content-length: 0\r\n{headers}"), HIDDEN);
        assert_eq!(says(&app, &request).await, [400], "{headers:?}");
    }
    for line in [
        "POST  /todos HTTP/1.1",
        "POST /todos HTTP/1.1 ",
        "POST /to dos HTTP/1.1",
        "POST /todos HTTP/1.2",
        "POST\t/todos HTTP/1.1",
    ] {
        assert_eq!(says(&app, &format!("{line}\r\nhost: a\r\n\r\n{HIDDEN}")).await, [400], "{line:?}");
    }
    nothing_was_smuggled(&app).await;
}

#[tokio::test]
async fn a_request_that_names_its_host_not_once_is_refused_in_words() {
    let app = todos().start().await;
    for head in ["", "host: a\r\nhost: b\r\n", "host: a\r\nhost: a\r\n"] {
        let request = format!("GET / HTTP/1.1\r\n{head}connection: close\r\n\r\n");
        let answer = Answers::read(&app.client().raw(request.as_bytes()).await);
        assert_eq!(answer.statuses(), [400], "{head:?}");
        assert!(answer.text.ends_with("A request names its host once."), "{}", answer.text);
    }
}

#[tokio::test]
async fn lines_may_end_in_a_bare_line_feed_and_the_next_request_is_the_next() {
    let app = todos().start().await;
    let lenient = add("milk").replace("\r\n", "\n");
    assert_eq!(says(&app, &format!("{lenient}{LAST}")).await, [303, 200]);
}

#[tokio::test]
async fn a_chunk_that_is_not_well_formed_ends_its_connection() {
    let app = todos().start().await;
    for chunks in [
        "5\r\ntitle0\r\n\r\n",
        "\r\n0\r\n\r\n",
        "x\r\n\r\n0\r\n\r\n",
        "-1\r\n\r\n0\r\n\r\n",
        "0x0\r\n\r\n",
        "5;a\nb\r\ntitle\r\n0\r\n\r\n",
        "5\n title\r\n0\r\n\r\n",
        "5 5\r\ntitle\r\n0\r\n\r\n",
        "fffffffffffffffff\r\ntitle\r\n0\r\n\r\n",
        &format!("5;{}\r\ntitle\r\n0\r\n\r\n", "x".repeat(20_000)),
        &format!("0\r\n{}\r\n\r\n", "x: y\r\n".repeat(10_000)),
    ] {
        let request = post("transfer-encoding: chunked", &format!("{chunks}{HIDDEN}"));
        let answer = Answers::read(&app.client().raw(request.as_bytes()).await);
        let begins = &chunks[..chunks.len().min(30)];
        assert_eq!(answer.statuses(), [400], "{begins:?}");
        assert!(
            answer.text.ends_with("The body ended before it was complete."),
            "{begins:?}: {}",
            answer.text
        );
    }
    nothing_was_smuggled(&app).await;
}

#[tokio::test]
async fn a_chunk_of_an_enormous_size_is_not_waited_for_longer_than_any_body() {
    let app = todos().env("ORION_REQUEST_TIMEOUT", "1").start().await;
    for size in ["7fffffffffffffff", "ffffffffffffffff", "40000000"] {
        let request = post("transfer-encoding: chunked", &format!("{size}\r\n{HIDDEN}"));
        assert_eq!(says(&app, &request).await, [408], "{size}");
    }
    nothing_was_smuggled(&app).await;
}

#[tokio::test]
async fn a_well_formed_chunk_with_an_extension_is_read_and_the_next_request_is_the_next() {
    let app = todos().start().await;
    let chunks = "0000000000000000000000a;name=\"va;lue\"\r\ntitle=milk\r\n0\r\ntrailer: x\r\n\r\n";
    let requests = format!("{}{LAST}", post("transfer-encoding: chunked", chunks));
    let answer = Answers::read(&app.client().raw(requests.as_bytes()).await);
    assert_eq!(answer.statuses(), [303, 200]);
    assert!(answer.text.contains(">milk</button>"), "{}", answer.text);
}

#[tokio::test]
async fn commands_in_one_write_are_done_in_their_order() {
    let app = todos().start().await;
    let titles: Vec<String> = (0..20).map(|at| format!("title{at}.")).collect();
    let requests: String = titles.iter().map(|title| add(title)).collect();
    let answer = Answers::read(&app.client().raw(format!("{requests}{LAST}").as_bytes()).await);
    assert_eq!(answer.statuses(), [[303; 20].as_slice(), &[200]].concat());
    let places: Vec<_> = titles.iter().map(|title| answer.text.find(title.as_str()).expect(title)).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[tokio::test]
async fn the_body_of_a_request_that_was_answered_without_it_is_not_the_next_request() {
    let app = todos().start().await;
    let length = HIDDEN.len();
    for (head, status) in [
        ("POST /todos HTTP/1.1\r\nsec-fetch-site: cross-site", 403),
        ("POST /todos HTTP/1.1\r\nsec-fetch-site: cross-site\r\nexpect: 100-continue", 403),
        ("POST /nowhere HTTP/1.1", 404),
        ("GET / HTTP/1.1", 200),
        ("GET /nowhere HTTP/1.1", 404),
        ("HEAD / HTTP/1.1", 200),
        ("PUT /todos HTTP/1.1", 405),
        ("GET /_orion/live HTTP/1.1", 204),
        ("OPTIONS * HTTP/1.1", 404),
    ] {
        for framing in [
            format!("content-length: {length}\r\n\r\n{HIDDEN}"),
            format!("transfer-encoding: chunked\r\n\r\n{length:x}\r\n{HIDDEN}\r\n0\r\n\r\n"),
        ] {
            let statuses = says(&app, &format!("{head}\r\nhost: a\r\n{framing}{LAST}")).await;
            // What was sent and not read may as well end the connection.
            assert!(statuses == [status, 200] || statuses == [status], "{head}: {statuses:?}");
        }
    }
    nothing_was_smuggled(&app).await;
}
