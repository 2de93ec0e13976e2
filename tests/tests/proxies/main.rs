//! Caddy and nginx as `app proxy` sets them up, in front of `board`: streams come through as they are, restarts lose nobody, and the
//! application knows who asks.

mod addresses;
mod front;
mod origins;
mod restarts;
mod streams;

use front::Front;
use orion_tests::{App, Client, binary};
use serde_json::json;

/// Both proxies, in front of an application each.
async fn both() -> [(App, Front); 2] {
    let (caddy, nginx) = (board().await, board().await);
    let fronts = [Front::caddy(&caddy).await, Front::nginx(&nginx).await];
    let [first, second] = fronts;
    [(caddy, first), (nginx, second)]
}

async fn board() -> App {
    App::start(binary("board")).await
}

/// Makes the first board, whose columns are 1 to 3.
async fn make(client: &Client) {
    let answer = client.post("/boards").form(&[("name", "Kitchen")]).send().await;
    assert_eq!((answer.status, answer.header("location")), (303, "/boards/1"), "{}", answer.text());
}

/// Adds a card to it.
async fn add(client: &Client, title: &str) {
    let signals = json!({ "add": { "c1": title } });
    let answer = client.post("/columns/1/cards").signals(&signals).send().await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}
