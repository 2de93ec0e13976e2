//! TLS without a proxy: `board` shows a certificate of its own.

mod files;
mod handshake;
mod redirect;
mod streams;

use orion_tests::process::Launch;
use orion_tests::{App, Client, binary, certificate};
use serde_json::json;
use std::net::Ipv4Addr;
use tempfile::TempDir;

/// Nobody's (RFC 6761).
const DOMAIN: &str = "board.test";

/// A folder with a certificate, and an application that shows it.
fn board() -> (TempDir, Launch) {
    let folder = tempfile::Builder::new().prefix("orion-certificate-").tempdir().expect("a temporary folder");
    certificate::make(folder.path(), DOMAIN);
    let launch = App::of(binary("board")).secure(DOMAIN, folder.path());
    (folder, launch)
}

async fn visitor(app: &App) -> Client {
    app.visitor(Ipv4Addr::LOCALHOST).await.expect("the application lets visitors in")
}

/// Makes the first board, whose columns are 1 to 3.
async fn make(client: &Client) {
    let answer = client.post("/boards").form(&[("name", "Kitchen")]).send().await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

/// Adds a card to it.
async fn add(client: &Client, title: &str) {
    let answer = client.post("/columns/1/cards").signals(&json!({ "add": { "c1": title } })).send().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}
