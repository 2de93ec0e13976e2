//! How the process begins, ends and defends itself: signals, the command line, limits. Without a browser.

mod command_line;
mod ending;
mod limits;

use orion_tests::process::Launch;
use orion_tests::{App, binary, in_time};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

/// Longer than any test waits: whatever ends earlier did not wait for it.
const FOR_EVER: &str = "3600";

fn todos() -> Launch {
    App::of(binary("todos"))
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A connection that says exactly what a test makes it say.
async fn connect(app: &App) -> TcpStream {
    TcpStream::connect(("127.0.0.1", app.port())).await.expect("the application accepts a connection")
}

async fn read_until(stream: &mut TcpStream, end: &str) -> String {
    let mut got = Vec::new();
    let read = async {
        while !text(&got).contains(end) {
            assert_ne!(stream.read_buf(&mut got).await.expect("more comes"), 0, "{}", text(&got));
        }
    };
    in_time(&format!("{end:?} came"), read).await;
    text(&got)
}
