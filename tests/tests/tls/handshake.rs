//! Who begins and does not go on.

use crate::{DOMAIN, board, visitor};
use orion_tests::http::tls;
use orion_tests::in_time;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The head of a `ClientHello` of 512 bytes, which do not come (RFC 8446, section 5.1).
const BEGINNING: [u8; 5] = [22, 3, 1, 2, 0];

#[tokio::test]
async fn who_does_not_finish_a_handshake_holds_nobody_up_and_is_dropped() {
    let (_folder, launch) = board();
    let app = launch.env("ORION_REQUEST_TIMEOUT", "1").start().await;
    let mut silent = Vec::new();
    for beginning in [&BEGINNING[..], &[]].into_iter().cycle().take(20) {
        let mut socket = TcpStream::connect(("127.0.0.1", app.port())).await.unwrap();
        socket.write_all(beginning).await.unwrap();
        silent.push(socket);
    }
    assert_eq!(visitor(&app).await.get("/").send().await.status, 200);
    for mut socket in silent {
        let read = in_time("the connection was dropped", socket.read(&mut [0; 16])).await;
        assert!(
            matches!(&read, Ok(0))
                || read.as_ref().is_err_and(|cause| cause.kind() == ErrorKind::ConnectionReset),
            "{read:?}"
        );
    }
}

#[tokio::test]
async fn who_agrees_on_http2_and_asks_for_nothing_is_dropped() {
    let (folder, launch) = board();
    let app = launch.env("ORION_REQUEST_TIMEOUT", "1").start().await;
    let (server, root) =
        (SocketAddr::from((Ipv4Addr::LOCALHOST, app.port())), folder.path().join("fullchain.pem"));
    let mut socket = Box::pin(tls(DOMAIN, server, &root, Ipv4Addr::LOCALHOST, b"h2")).await.unwrap();
    // The preface and an empty SETTINGS frame (RFC 9113, sections 3.4 and 6.5).
    socket.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").await.unwrap();
    socket.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap();
    let mut said = Vec::new();
    // What came before a reset counts too.
    let _ = in_time("the connection was dropped", socket.read_to_end(&mut said)).await;
    assert_ne!(said, b"", "it is spoken with at first");
}
