//! The HTTP client.

use crate::stand_in;
use orion_tests::Client;
use orion_tests::http::Ending;

#[tokio::test]
async fn an_open_stream_shows_what_another_visitor_does() {
    let app = stand_in().await;
    let mut events = app.client().get("/live").stream().await;
    assert_eq!(events.next().await.data, [""]);
    let answer = app.client().post("/say").form(&[("text", "milk & honey")]).send().await;
    assert_eq!((answer.status, answer.header("location")), (303, "/"));
    let event = events.until("milk was said", |event| event.data[0].contains("milk & honey")).await;
    assert_eq!(event.retry, Some(100));
    assert!(events.encoded_bytes() > 0);
}

#[tokio::test]
async fn a_client_is_one_visitor_and_keeps_its_cookies() {
    let app = stand_in().await;
    let ann = app.client();
    assert!(ann.get("/").send().await.text().contains("Stand-in"));
    assert_eq!(ann.cookie("visited").as_deref(), Some("yes"));
    assert_eq!(app.client().cookie("visited"), None);
}

#[tokio::test]
async fn a_hundred_streams_are_held_open_at_once() {
    let app = stand_in().await;
    let mut streams = Vec::new();
    for _ in 0..100 {
        streams.push(app.client().get("/live").stream().await);
    }
    app.client().post("/say").form(&[("text", "milk")]).send().await;
    for stream in &mut streams {
        stream.until("milk was said", |event| event.data[0].contains("milk")).await;
    }
}

#[tokio::test]
async fn what_is_not_http_is_sent_as_it_is() {
    let app = stand_in().await;
    let answer = app.client().raw(b"what is this\r\n\r\n").await;
    assert!(answer.starts_with(b"HTTP/1.1 400"), "{}", String::from_utf8_lossy(&answer));
}

#[tokio::test]
async fn an_application_that_is_not_there_is_an_error_and_no_panic() {
    let mut app = stand_in().await;
    let client = Client::new(&app.url());
    let mut events = client.get("/live").stream().await;
    app.kill9();
    assert!(matches!(events.ending().await, Ending::Broken(_)));
    assert!(client.get("/").try_send().await.is_err());
}
