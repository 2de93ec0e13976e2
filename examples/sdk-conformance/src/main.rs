//! The endpoint of the official Datastar SDK suite: GET and POST `/test` on `127.0.0.1:${PORT:-9200}`.
//!
//! The signals hold descriptions of events, the answer is those events. Run the suite against it, from a checkout of Datastar at
//! its tag v1.0.4, in `sdk/tests`:
//!
//! ```text
//! go run ./cmd/datastar-sdk-tests -v -server http://127.0.0.1:9200
//! ```

mod events;

use std::error::Error as StdError;
use std::net::{Ipv4Addr, SocketAddr};

use orion::prelude::*;
use orion::serve::Config;

#[orion::slice]
mod suite {
    use super::*;
    use crate::events::Batch;

    #[command(get "/test")]
    pub async fn from_query(_cx: Cx, batch: Signals<Batch>) -> Result<Reply> {
        batch.0.reply()
    }

    #[command(post "/test")]
    pub async fn from_body(_cx: Cx, batch: Signals<Batch>) -> Result<Reply> {
        batch.0.reply()
    }
}

fn app() -> orion::App {
    orion::App::new("sdk-conformance").slice(&suite::SLICE)
}

fn main() -> Result<(), Box<dyn StdError>> {
    let port = std::env::var("PORT").map_or(Ok(9200), |port| port.parse())?;
    let mut config = Config::read("sdk-conformance")?;
    config.listen = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    app().serve(&config)
}
