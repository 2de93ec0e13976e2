use axum::routing::get;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::*;
use crate::serve::pulse::pulse;

const REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\n\r\n";
const LAST_REQUEST: &[u8] = b"GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";

/// On one thread: nothing happens between the end's beginning and the request.
#[tokio::test]
async fn who_was_let_in_before_the_end_began_is_answered_and_told_that_it_was_the_last_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel();
    let router = Router::new().route("/", get(|| async { "here" }));
    let config = Config::new("app");
    let serving = tokio::spawn(async move {
        serve(listener, router, None, &config, async { stopped.await.unwrap() }, pulse().1).await
    });

    let mut silent = TcpStream::connect(address).await.unwrap();
    // Who comes later is answered, so the one before has been let in.
    let mut later = TcpStream::connect(address).await.unwrap();
    later.write_all(LAST_REQUEST).await.unwrap();
    later.read_to_end(&mut Vec::new()).await.unwrap();

    stop.send(Instant::now() + Duration::from_mins(1)).unwrap();
    silent.write_all(REQUEST).await.unwrap();
    let mut answer = String::new();
    silent.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("here"), "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
    serving.await.unwrap();
}
