//! One wide event for every request: what was asked, what answered it, how it ended and how long that took.

use std::net::IpAddr;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

/// Whose a request is. Whoever accepts connections notes it; without a socket there is none.
#[derive(Clone, Copy)]
pub(crate) struct Client(pub(crate) IpAddr);

/// Logs a request once its answer begins. A stream goes on after that: the time is that to its first byte.
pub(super) async fn request(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|matched| matched.as_str().to_owned());
    let path = request.uri().path().to_owned();
    let client = request.extensions().get().map(|&Client(address)| tracing::field::display(address));
    let response = next.run(request).await;
    tracing::info!(
        %method,
        path,
        route,
        client,
        status = response.status().as_u16(),
        took_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    response
}
