//! The endpoint of the official Datastar SDK suite: GET and POST `/test` on `127.0.0.1:${PORT:-9200}`.
//!
//! The signals hold descriptions of events, the answer is those events. Run the suite against it, from a checkout of Datastar at
//! its tag v1.0.4, in `sdk/tests`:
//!
//! ```text
//! go run ./cmd/datastar-sdk-tests -v -server http://127.0.0.1:9200
//! ```

mod events;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response, Uri};
use axum::routing::get;
use orion::prelude::*;
use orion::wire::{FromInput, Input, answer};
use tokio::net::TcpListener;

use crate::events::Batch;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::var("PORT").unwrap_or_else(|_| "9200".into());
    let listener = TcpListener::bind(format!("127.0.0.1:{port}")).await?;
    println!("http://{}/test", listener.local_addr()?);
    axum::serve(listener, Router::new().route("/test", get(test).post(test))).await
}

async fn test(method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let input = Input {
        method,
        params: Vec::new(),
        query: uri.query().unwrap_or_default().into(),
        headers,
        body,
        viewer: Viewer::with_id("the suite"),
    };
    let reply = Signals::<Batch>::from_input(&input).and_then(|batch| batch.0.reply());
    answer(reply, &input, true).map(Body::from)
}
