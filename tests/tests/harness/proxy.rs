//! The proxy, over plain TCP and HTTP.

use crate::stand_in;
use orion_tests::http::Ending;
use orion_tests::{Client, Proxy, in_time};
use std::io::ErrorKind;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A connection through a proxy, both ends in hand.
struct Line {
    proxy: Proxy,
    near: TcpStream,
    far: TcpStream,
}

async fn line() -> Line {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = Proxy::start(listener.local_addr().unwrap().port()).await;
    let near = TcpStream::connect(proxy.url().trim_start_matches("http://")).await.unwrap();
    let (far, _) = listener.accept().await.unwrap();
    Line { proxy, near, far }
}

async fn read(stream: &mut TcpStream) -> std::io::Result<String> {
    let mut buffer = [0; 1024];
    let length = in_time("something was read", stream.read(&mut buffer)).await?;
    Ok(String::from_utf8_lossy(&buffer[..length]).into_owned())
}

#[tokio::test]
async fn bytes_pass_in_both_directions() {
    let Line { proxy: _proxy, mut near, mut far } = line().await;
    near.write_all(b"ping").await.unwrap();
    assert_eq!(read(&mut far).await.unwrap(), "ping");
    far.write_all(b"pong").await.unwrap();
    assert_eq!(read(&mut near).await.unwrap(), "pong");
}

#[tokio::test]
async fn a_cut_resets_both_ends() {
    let Line { proxy, mut near, mut far } = line().await;
    proxy.cut();
    assert_eq!(read(&mut near).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
    assert_eq!(read(&mut far).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_close_is_an_end_and_no_error() {
    let Line { proxy, mut near, far: _far } = line().await;
    proxy.close();
    assert_eq!(read(&mut near).await.unwrap(), "");
}

#[tokio::test]
async fn a_stalled_connection_stays_open_and_silent_for_ever() {
    let Line { proxy, mut near, mut far } = line().await;
    proxy.stall();
    near.write_all(b"GET / HTTP/1.1\r\n\r\n").await.unwrap();
    proxy.wait_until("the request was swallowed", |seen| seen.count("GET /") == 1).await;
    proxy.pass();
    far.write_all(b"late").await.unwrap();
    drop(far);
    // What the client hears next is the cut: neither what the application said nor that it went away.
    proxy.cut();
    assert_eq!(read(&mut near).await.unwrap_err().kind(), ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn new_connections_are_swallowed_while_stalled() {
    let app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    proxy.stall();
    let asked = tokio::spawn(Client::new(&proxy.url()).get("/").try_send());
    proxy.wait_until("the request came", |seen| seen.count("GET /") == 1).await;
    proxy.pass();
    assert_eq!(Client::new(&proxy.url()).get("/").send().await.status, 200);
    assert!(!asked.is_finished());
    proxy.cut();
    assert!(asked.await.unwrap().is_err());
}

#[tokio::test]
async fn a_bad_gateway_refuses_requests_and_leaves_streams_alone() {
    let app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    let mut events = Client::new(&proxy.url()).get("/live").stream().await;
    proxy.bad_gateway();
    assert_eq!(Client::new(&proxy.url()).get("/").send().await.status, 502);
    app.client().post("/say").form(&[("text", "milk")]).send().await;
    events.until("milk was said", |event| event.data[0].contains("milk")).await;
    assert_eq!(proxy.seen().refused, 1);
    assert_eq!(proxy.seen().requests, ["GET /live HTTP/1.1", "GET / HTTP/1.1"]);
}

#[tokio::test]
async fn the_streams_that_are_on_their_way_are_counted() {
    let app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    let open = async || {
        let mut events = Client::new(&proxy.url()).get("/live").stream().await;
        events.next().await;
        events
    };
    let (_first, second) = (open().await, open().await);
    assert_eq!(proxy.seen().streams, 2);
    drop(second);
    proxy.wait_until("the second was gone", |seen| seen.streams == 1).await;
    proxy.cut();
    proxy.wait_until("the first was gone", |seen| seen.streams == 0).await;
}

#[tokio::test]
async fn a_second_request_on_an_open_connection_is_refused_too() {
    let Line { proxy, mut near, far: _far } = line().await;
    proxy.bad_gateway();
    near.write_all(b"GET /again HTTP/1.1\r\n\r\n").await.unwrap();
    assert!(read(&mut near).await.unwrap().starts_with("HTTP/1.1 502 "));
}

#[tokio::test]
async fn a_finished_stream_is_complete_and_a_closed_one_is_not() {
    let app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    let mut events = Client::new(&proxy.url()).get("/live").stream().await;
    events.next().await;
    proxy.finish();
    assert!(matches!(events.ending().await, Ending::Clean));
    let mut events = Client::new(&proxy.url()).get("/live").stream().await;
    events.next().await;
    proxy.close();
    assert!(matches!(events.ending().await, Ending::Broken(_)));
}

#[tokio::test]
async fn new_connections_go_to_the_new_target() {
    let (first, second) = (stand_in().await, stand_in().await);
    second.client().post("/say").form(&[("text", "second")]).send().await;
    let proxy = Proxy::start(first.port()).await;
    let visitor = Client::new(&proxy.url());
    assert!(!visitor.get("/").send().await.text().contains("second"));
    proxy.retarget(second.port());
    assert!(visitor.get("/").send().await.text().contains("second"));
}

#[tokio::test]
async fn who_is_refused_finds_nobody_there_and_open_streams_go_on() {
    let app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    let mut events = Client::new(&proxy.url()).get("/live").stream().await;
    proxy.refuse();
    assert!(Client::new(&proxy.url()).get("/").try_send().await.is_err());
    app.client().post("/say").form(&[("text", "milk")]).send().await;
    events.until("milk was said", |event| event.data[0].contains("milk")).await;
    proxy.pass();
    assert_eq!(Client::new(&proxy.url()).get("/").send().await.status, 200);
}

#[tokio::test]
async fn what_is_asked_is_done_though_its_answer_is_lost() {
    let app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    proxy.lose_answers();
    let say = Client::new(&proxy.url()).post("/say").form(&[("text", "milk")]);
    assert!(say.try_send().await.is_err());
    assert!(app.client().get("/").send().await.text().contains("milk"));
}

#[tokio::test]
async fn a_delayed_response_comes_whole() {
    let app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    proxy.delay(Duration::from_millis(50));
    assert!(Client::new(&proxy.url()).get("/").send().await.text().contains("Stand-in"));
}

#[tokio::test]
async fn an_application_that_is_down_is_a_reset() {
    let mut app = stand_in().await;
    let proxy = Proxy::start(app.port()).await;
    app.kill9();
    assert!(Client::new(&proxy.url()).get("/").try_send().await.is_err());
    app.restart().await;
    assert_eq!(Client::new(&proxy.url()).get("/").send().await.status, 200);
}
