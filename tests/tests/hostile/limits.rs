//! What a client may not exceed: each with its status and one sentence, and afterwards everybody else is answered as before.

use crate::{Answers, connect_from, todos};
use http::Method;
use orion_tests::{App, Client, in_time};
use serde_json::json;
use std::net::Ipv4Addr;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const ONE: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);
const OTHER: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 3);

async fn is_well(app: &App) {
    assert_eq!(app.client().get("/").send().await.status, 200);
}

async fn all_of(mut stream: TcpStream) -> Answers {
    let mut bytes = Vec::new();
    // What came before a reset counts too.
    let _ = in_time("the connection was closed", stream.read_to_end(&mut bytes)).await;
    Answers::read(&bytes)
}

#[tokio::test]
async fn a_head_that_is_too_large_is_431_in_words() {
    let app = todos().env("ORION_HEADER_LIMIT", "10000").start().await;
    let cookie = "x".repeat(10_000);
    let answer = app.client().get("/").header("cookie", &cookie).send().await;
    assert_eq!(
        (answer.status, answer.text().as_str()),
        (431, "The address and the headers take more than 10000 bytes.")
    );
    let answer = app.client().get(&format!("/?{cookie}")).send().await;
    assert_eq!(answer.status, 431, "the address counts too");
    let raw = format!("GET / HTTP/1.1\r\nhost: a\r\nx: {}\r\n\r\n", "x".repeat(1_000_000));
    assert_eq!(
        Answers::read(&app.client().raw(raw.as_bytes()).await).statuses(),
        [431],
        "far too large: no words"
    );
    is_well(&app).await;
}

#[tokio::test]
async fn more_than_a_hundred_headers_are_431() {
    let app = todos().start().await;
    let headers = |count| (0..count).map(|at| format!("x-{at}: y\r\n")).collect::<Vec<_>>().concat();
    for (count, status) in [(98, 200), (99, 431), (1000, 431)] {
        let request = format!("GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n{}\r\n", headers(count));
        assert_eq!(
            Answers::read(&app.client().raw(request.as_bytes()).await).statuses(),
            [status],
            "{count}"
        );
    }
}

#[tokio::test]
async fn a_head_that_does_not_arrive_in_time_is_408_in_words() {
    let app = todos().env("ORION_REQUEST_TIMEOUT", "1").start().await;
    let late = "The request did not arrive in time.";
    for beginning in ["G", "GET / HTTP/1.1\r\nhost: a\r\nx:", "PRI * HT"] {
        let answer = Answers::read(&app.client().raw(beginning.as_bytes()).await);
        assert_eq!(
            (answer.statuses(), answer.text.ends_with(late)),
            (vec![408], true),
            "{beginning:?}: {}",
            answer.text
        );
    }
    let mut second = connect_from(ONE, &app).await;
    second.write_all(b"GET /_orion/live HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    assert_ne!(second.read(&mut [0; 4096]).await.unwrap(), 0, "the first request is answered");
    second.write_all(b"GET /").await.unwrap();
    assert_eq!(all_of(second).await.statuses(), [408], "the second request of a connection too");
    let silent = Answers::read(&app.client().raw(b"GET /nowhere HTTP/1.1\r\nhost: a\r\n\r\n").await);
    assert_eq!(silent.statuses(), [404], "who asks for nothing more is told nothing more");
}

#[tokio::test]
async fn signals_that_are_nested_too_deep_are_400_in_words() {
    let app = todos().start().await;
    let nested = |depth: usize| (0..depth).fold(json!("x"), |inner, _| json!([inner]));
    let answer = app.client().post("/todos").signals(&json!({ "title": nested(200) })).send().await;
    assert_eq!((answer.status, answer.text().as_str()), (400, "The signals are nested more than 127 deep."));
    let huge = "[".repeat(1_000_000);
    let answer = app.client().post("/todos").body("application/json", huge).send().await;
    assert_eq!(answer.status, 400);
    is_well(&app).await;
}

#[tokio::test]
async fn a_form_with_too_many_fields_is_413_in_words() {
    let app = todos().start().await;
    let fields = vec![("title", "milk"); 1001];
    let answer = app.client().post("/todos").form(&fields).send().await;
    assert_eq!((answer.status, answer.text().as_str()), (413, "The form has more than 1000 fields."));
    let parts: Vec<String> = (0..1001)
        .map(|at| format!("--XX\r\ncontent-disposition: form-data; name=\"f{at}\"\r\n\r\nx\r\n"))
        .collect();
    let parts = format!("{}--XX--\r\n", parts.concat());
    let answer = app.client().post("/todos").body("multipart/form-data; boundary=XX", parts).send().await;
    assert_eq!((answer.status, answer.text().as_str()), (413, "The form has more than 1000 fields."));
    is_well(&app).await;
}

#[tokio::test]
async fn a_client_with_too_many_connections_is_503_in_words_and_others_are_let_in() {
    let app = todos()
        .health()
        .env("ORION_PROXIES", "[\"127.0.0.1\"]")
        .env("ORION_CONNECTIONS_PER_CLIENT", "2")
        .start()
        .await;
    let held = [connect_from(ONE, &app).await, connect_from(ONE, &app).await];
    let mut refused = connect_from(ONE, &app).await;
    refused.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await.unwrap();
    let answer = all_of(refused).await;
    assert_eq!(answer.statuses(), [503]);
    assert!(
        answer.text.ends_with("You have too many connections open. Close some of them."),
        "{}",
        answer.text
    );
    answers(connect_from(OTHER, &app).await).await;
    is_well(&app).await;
    let metrics = app.health().get("/metrics").send().await.text();
    assert!(metrics.contains("\norion_connections_refused_total 1\n"), "{metrics}");
    drop(held);
    let again = async { while !is_answered(connect_from(ONE, &app).await).await {} };
    in_time("there was room again", again).await;
}

#[tokio::test]
async fn more_connections_than_there_may_be_are_503_in_words() {
    let app = todos().env("ORION_CONNECTIONS", "3").start().await;
    let mut held = Vec::new();
    for last in 2..5 {
        held.push(let_in(Ipv4Addr::new(127, 0, 0, last), &app).await);
    }
    let answer = all_of(connect_from(Ipv4Addr::new(127, 0, 0, 9), &app).await).await;
    assert_eq!(answer.statuses(), [503]);
    assert!(
        answer.text.ends_with("The server has too many connections. Try again later."),
        "{}",
        answer.text
    );
    drop(held);
    let again = async { while !is_answered(connect_from(ONE, &app).await).await {} };
    in_time("there was room again", again).await;
}

#[tokio::test]
async fn a_client_that_throws_its_cookies_away_has_no_more_streams_than_others() {
    let app = todos().env("ORION_STREAMS_PER_CLIENT", "2").start().await;
    let from = async |address: &'static str| {
        let stranger: Client = app.client();
        let path = stranger.live("/").await;
        stranger.get(&path).header("x-forwarded-for", address).stream().await
    };
    let held = [from("203.0.113.7").await, from("203.0.113.7").await];
    assert_eq!(held.each_ref().map(|stream| stream.status), [200, 200]);
    let stranger = app.client();
    let path = stranger.live("/").await;
    let answer = stranger.get(&path).header("x-forwarded-for", "1.2.3.4, 203.0.113.7").send().await;
    let sentence = "Too many pages are open from your address. Close some of them.";
    assert_eq!((answer.status, answer.text().as_str()), (503, sentence));
    assert_eq!(from("203.0.113.8").await.status, 200);
    drop(held);
    let again = async { while from("203.0.113.7").await.status != 200 {} };
    in_time("there was room again", again).await;
}

#[tokio::test]
async fn a_path_that_climbs_finds_no_file() {
    let app = todos().start().await;
    for path in [
        "/static/../Cargo.toml",
        "/static/..%2f..%2fetc/passwd",
        "/static/%2e%2e/%2e%2e/etc/passwd",
        "/static//etc/passwd",
        "/static/..\\..\\etc\\passwd",
        "/static/%00",
        "/_orion/../todos.db",
        "/_orion/..%2ftodos.db",
        "/_orion/datastar.js%00.css",
        "//etc/passwd",
        "/todos.db",
    ] {
        for method in [Method::GET, Method::HEAD] {
            let answer = app.client().request(method, path).send().await;
            assert_eq!(answer.status, 404, "{path}");
        }
    }
}

/// Whether a request on this connection is answered with its page, or the connection refused.
async fn is_answered(mut stream: TcpStream) -> bool {
    let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").await;
    all_of(stream).await.statuses() == [200]
}

async fn answers(stream: TcpStream) {
    assert!(is_answered(stream).await);
}

/// A connection that was let in, because it was answered; those from before it may have to be closed first.
async fn let_in(address: Ipv4Addr, app: &App) -> TcpStream {
    let let_in = async {
        loop {
            let mut stream = connect_from(address, app).await;
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
            let mut head = [0; 12];
            if stream.read_exact(&mut head).await.is_ok() && head.ends_with(b"200") {
                return stream;
            }
        }
    };
    in_time("a connection was let in", let_in).await
}
