//! What goes through TLS, over both versions of HTTP, and how it ends.

use crate::{DOMAIN, add, board, make, visitor};
use orion_tests::http::{Ending, tls};
use orion_tests::{Client, in_time};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::client::TlsStream;

const THEIRS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// A connection of HTTP/1.1.
struct Old(TlsStream<TcpStream>);

impl Old {
    async fn connect(port: u16, folder: &Path) -> Self {
        let server = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let root = folder.join("fullchain.pem");
        Self(tls(DOMAIN, server, &root, Ipv4Addr::LOCALHOST, b"http/1.1").await.expect("a connection"))
    }

    /// Opens a stream as this visitor, for whom its page was made.
    async fn open(&mut self, visitor: &Client, live: &str) {
        let viewer = visitor.cookie("orion_viewer").expect("the page made the visitor known");
        let request =
            format!("GET {live} HTTP/1.1\r\nhost: {DOMAIN}\r\ncookie: orion_viewer={viewer}\r\n\r\n");
        self.0.write_all(request.as_bytes()).await.expect("a request is taken");
    }

    async fn until(&mut self, text: &str) -> String {
        let mut got = Vec::new();
        let read = async {
            while !String::from_utf8_lossy(&got).contains(text) {
                assert_ne!(
                    self.0.read_buf(&mut got).await.expect("more comes"),
                    0,
                    "{text} came before the end"
                );
            }
        };
        in_time(&format!("{text:?} came"), read).await;
        String::from_utf8_lossy(&got).into_owned()
    }
}

#[tokio::test]
async fn streams_of_one_connection_of_http2_get_each_change() {
    let (_folder, launch) = board();
    let app = launch.start().await;
    let visitor = visitor(&app).await;
    make(&visitor).await;
    let live = visitor.live("/boards/1").await;
    let mut streams = Vec::new();
    for _ in 0..50 {
        streams.push(visitor.get(&live).encoding("br").stream().await);
    }
    for title in ["Milk", "Bread"] {
        add(&visitor, title).await;
        for stream in &mut streams {
            stream.until("a stream showed it", |event| event.value("elements").contains(title)).await;
        }
    }
}

#[tokio::test]
async fn a_stream_over_http1_gets_each_change() {
    let (folder, launch) = board();
    let app = launch.start().await;
    let visitor = visitor(&app).await;
    make(&visitor).await;
    let mut old = Old::connect(app.port(), folder.path()).await;
    let live = visitor.live("/boards/1").await;
    old.open(&visitor, &live).await;
    let head = old.until("\r\n\r\n").await;
    assert!(head.starts_with("HTTP/1.1 200 OK\r\n"), "{head}");
    for title in ["Milk", "Bread"] {
        add(&visitor, title).await;
        old.until(title).await;
    }
}

#[tokio::test]
async fn a_visitor_is_remembered_for_https_alone_and_logged_with_the_address_of_the_connection() {
    let (_folder, launch) = board();
    let app = launch.env("ORION_PROXIES", "[]").start().await;
    let visitor = app.visitor(THEIRS).await.expect("the application lets visitors in");
    let page = visitor.get("/boards/1").header("x-forwarded-for", "203.0.113.9").send().await;
    assert!(page.header("set-cookie").contains("; Secure"), "{}", page.header("set-cookie"));
    app.wait_log("/boards/1").await;
    let log = app.log();
    let line = log.lines().find(|line| line.contains("/boards/1")).expect("it was waited for");
    assert!(line.contains(&format!(r#""client":"{THEIRS}""#)), "{line}");
}

#[tokio::test]
async fn the_end_is_clean_and_does_not_wait_for_streams() {
    let (folder, launch) = board();
    let mut app = launch.env("ORION_SHUTDOWN_TIMEOUT", "3600").start().await;
    let visitor = visitor(&app).await;
    make(&visitor).await;
    let live = visitor.live("/boards/1").await;
    let mut stream = visitor.get(&live).stream().await;
    stream.next().await;
    let mut old = Old::connect(app.port(), folder.path()).await;
    old.open(&visitor, &live).await;
    old.until("event: ").await;
    assert_eq!(app.term().await.code(), Some(0));
    assert!(matches!(stream.ending().await, Ending::Clean));
    // The last chunk, and TLS's own end: nothing was cut off.
    let mut rest = String::new();
    old.0.read_to_string(&mut rest).await.expect("TLS ends in good order");
    assert!(rest.ends_with("0\r\n\r\n"), "{rest:?}");
}
