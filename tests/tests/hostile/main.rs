//! What comes in with bad intent, and what goes out with headers against it.

mod characters;
mod endless;
mod headers;
mod limits;
mod policy;
mod rotation;
mod smuggling;

use orion_tests::process::Launch;
use orion_tests::{App, binary};
use std::net::Ipv4Addr;
use tokio::net::{TcpSocket, TcpStream};

const CARELESS: &str = env!("CARGO_BIN_EXE_careless");

/// An application that shows what it is given as markup.
async fn careless() -> App {
    App::start(CARELESS).await
}

fn todos() -> Launch {
    App::of(binary("todos"))
}

/// A connection from an address of this machine's own.
async fn connect_from(address: Ipv4Addr, app: &App) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind((address, 0).into()).expect("all of 127.0.0.0/8 is this machine");
    socket.connect(([127, 0, 0, 1], app.port()).into()).await.expect("the application accepts a connection")
}

/// What a connection said, as text.
struct Answers {
    text: String,
}

impl Answers {
    fn read(bytes: &[u8]) -> Self {
        Self { text: String::from_utf8_lossy(bytes).into_owned() }
    }

    /// The status of each answer.
    fn statuses(&self) -> Vec<u16> {
        let lines = self.text.split("HTTP/1.1 ").skip(1);
        lines
            .map(|line| line[..3].parse().expect("a status has three digits"))
            .filter(|&status| status >= 200)
            .collect()
    }
}
