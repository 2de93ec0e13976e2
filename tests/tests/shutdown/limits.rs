//! Clients that send too slowly, too much or nothing, and one that does not read.

use crate::{connect, read_until, text, todos};
use orion_tests::{App, in_time};
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpSocket;

async fn in_haste() -> App {
    todos().env("ORION_REQUEST_TIMEOUT", "1").start().await
}

#[tokio::test]
async fn a_client_that_says_nothing_is_dropped() {
    let app = in_haste().await;
    assert_eq!(text(&app.client().raw(b"").await), "");
}

#[tokio::test]
async fn a_client_that_sends_its_headers_letter_by_letter_is_dropped() {
    let app = in_haste().await;
    let mut stream = connect(&app).await;
    let trickle = async {
        let mut pace = tokio::time::interval(Duration::from_millis(50));
        for letter in b"GET / HTTP/1.1\r\nx: ".iter().chain(std::iter::repeat(&b'x')) {
            pace.tick().await;
            if stream.write_all(&[*letter]).await.is_err() {
                break;
            }
        }
    };
    in_time("the client was dropped", trickle).await;
}

#[tokio::test]
async fn a_stream_is_not_dropped_for_having_nothing_to_say() {
    let app = in_haste().await;
    let visitor = app.client();
    let mut events = visitor.get(&visitor.live("/").await).stream().await;
    // A client that is dropped for its silence marks the time.
    app.client().raw(b"GET").await;
    app.client().post("/todos").form(&[("title", "milk")]).send().await;
    events.until("milk was on the list", |event| event.value("elements").contains("milk")).await;
}

#[tokio::test]
async fn a_body_that_never_ends_is_refused_in_words() {
    let app = in_haste().await;
    let mut stream = connect(&app).await;
    let head =
        "POST /todos HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 16\r\n\r\n{";
    stream.write_all(head.as_bytes()).await.unwrap();
    let answer = read_until(&mut stream, "The body did not arrive in time.").await;
    assert!(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"), "{answer}");
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_in_words() {
    let app = todos().env("ORION_BODY_LIMIT", "1000").start().await;
    for size in [1_001, 100_000, 5_000_000] {
        let form = app.client().post("/todos").form(&[("title", &"x".repeat(size))]);
        let answer = form.send().await;
        assert_eq!(answer.status, 413, "{size}");
        assert_eq!(answer.text(), "The request is larger than 1000 bytes.", "{size}");
    }
    assert_eq!(app.client().post("/todos").form(&[("title", "milk")]).send().await.status, 303);
    assert!(app.client().get("/").send().await.text().contains("1 remaining"));
}

#[tokio::test]
async fn a_stream_whose_reader_stands_still_is_closed_and_others_go_on() {
    let app =
        todos().health().env("ORION_WRITE_TIMEOUT", "1").env("ORION_STREAMS_PER_VIEWER", "1").start().await;
    // More than all buffers between the two processes hold, less than a region may be.
    for _ in 0..7 {
        app.client().post("/todos").form(&[("title", &"x".repeat(1_000_000))]).send().await;
    }
    let (slow, other) = (app.client(), app.client());
    let path = slow.live("/").await;
    let mut events = other.get(&other.live("/").await).stream().await;
    let other = tokio::spawn(async move {
        events.until("the other got on", |event| event.value("elements").contains("6 remaining")).await
    });
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(([127, 0, 0, 1], app.port()).into()).await.unwrap();
    let cookie = slow.cookie("orion_viewer").unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: a\r\ncookie: orion_viewer={cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    read_until(&mut stream, "text/event-stream").await;
    assert_eq!(slow.get(&path).send().await.status, 503, "the viewer's only stream is open");
    // From here on it reads nothing.
    let closed = async {
        let mut looks = tokio::time::interval(Duration::from_millis(50));
        while slow.get(&path).stream().await.status != 200 {
            looks.tick().await;
        }
    };
    in_time("the stream that stood still was closed", closed).await;
    app.client().post("/todos/1/toggle").send().await;
    other.await.unwrap();
    let mut rest = Vec::new();
    let _ = in_time("what was on its way came", stream.read_to_end(&mut rest)).await;
    assert!(!rest.ends_with(b"\r\n0\r\n\r\n"), "the response was not complete");
    let metrics = app.health().get("/metrics").send().await.text();
    assert!(metrics.contains("\norion_streams_dropped_total 1\n"), "{metrics}");
}

/// The request for a page's stream, by a client that speaks HTTP itself.
async fn ask(app: &App, method: &str, version: &str) -> tokio::net::TcpStream {
    let visitor = app.client();
    let path = visitor.live("/").await;
    let cookie = visitor.cookie("orion_viewer").unwrap();
    let mut stream = connect(app).await;
    let request =
        format!("{method} {path} HTTP/{version}\r\nhost: a\r\ncookie: orion_viewer={cookie}\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    stream
}

#[tokio::test]
async fn a_client_that_talks_while_it_listens_is_not_answered_and_then_left() {
    let app = todos().start().await;
    let mut stream = ask(&app, "GET", "1.1").await;
    read_until(&mut stream, "0 remaining").await;
    stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    app.client().post("/todos").form(&[("title", "milk")]).send().await;
    let heard = read_until(&mut stream, "1 remaining").await;
    assert!(!heard.contains("HTTP/1.1"), "the stream is the last answer of its connection: {heard}");
    let talk = async { while stream.write_all(&[b'x'; 4096]).await.is_ok() {} };
    in_time("whoever only talks is left", talk).await;
}

#[tokio::test]
async fn a_stream_of_an_older_http_has_no_chunks() {
    let app = todos().start().await;
    let mut stream = ask(&app, "GET", "1.0").await;
    let heard = read_until(&mut stream, "0 remaining").await;
    assert!(heard.contains("\r\n\r\nretry: "), "{heard}");
}

#[tokio::test]
async fn who_asks_for_the_head_of_a_stream_gets_no_stream() {
    let app = todos().env("ORION_STREAMS", "1").start().await;
    let mut stream = ask(&app, "HEAD", "1.1").await;
    let head = read_until(&mut stream, "\r\n\r\n").await;
    assert!(head.contains("text/event-stream") && head.ends_with("\r\n\r\n"), "{head}");
    // The only one that may be open is this one's.
    let visitor = app.client();
    let path = visitor.live("/").await;
    let free = async { while visitor.get(&path).stream().await.status != 200 {} };
    in_time("the stream is gone with its head", free).await;
}
