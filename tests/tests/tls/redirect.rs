//! Whoever comes by `http://` is told where `https://` is.

use crate::board;
use orion_tests::{Client, port};

#[tokio::test]
async fn who_comes_by_http_is_sent_to_the_same_address_by_https() {
    let (_folder, launch) = board();
    let plain = port::free();
    let app = launch.env("ORION_REDIRECT", format!("127.0.0.1:{plain}")).start().await;
    let visitor = Client::new(&format!("http://127.0.0.1:{plain}"));
    for _ in 0..2 {
        let answer = visitor.get("/boards/7?of=him").send().await;
        assert_eq!(answer.status, 308, "{}", answer.text());
        let location = answer.headers["location"].to_str().unwrap();
        assert_eq!(location, format!("https://127.0.0.1:{}/boards/7?of=him", app.port()));
    }
    // What is written is not written here, and a browser sends it again over there.
    assert_eq!(visitor.post("/boards").form(&[("name", "Kitchen")]).send().await.status, 308);
    for wrong in [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a@b\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: a/b\r\n\r\n",
    ] {
        let answer = String::from_utf8_lossy(&visitor.raw(wrong.as_bytes()).await).into_owned();
        assert!(answer.starts_with("HTTP/1.1 400 "), "{wrong:?} {answer}");
    }
}

#[tokio::test]
async fn without_tls_there_is_nowhere_to_send_them() {
    let output =
        orion_tests::App::of(orion_tests::binary("board")).env("ORION_REDIRECT", "127.0.0.1:80").run().await;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("redirect: must not be there without TLS"), "{told}");
    assert_eq!(output.status.code(), Some(1));
}
