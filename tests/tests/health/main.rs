//! What the process tells about itself, on a listener of its own: that it is alive, that it can do its work, what it has done.

mod broken;
mod disk;
mod metrics;
mod ready;

use orion_tests::process::Launch;
use orion_tests::{App, Client, binary, in_time};

fn todos() -> Launch {
    App::of(binary("todos")).health()
}

/// What is answered to whoever asks whether it is ready.
async fn readiness(health: &Client) -> (u16, String) {
    let answer = health.get("/readyz").send().await;
    (answer.status, answer.text())
}

/// Asks until the answer is 200. Each answer takes as long as the application needs to find out.
async fn gets_ready(health: &Client) {
    let ready = async {
        while readiness(health).await.0 != 200 {
            tokio::task::yield_now().await;
        }
    };
    in_time("the application said that it was ready", ready).await;
}
