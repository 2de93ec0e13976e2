//! What is told over HTTP, by a listener of its own: the public has no business with it.

use std::future::pending;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::response::IntoResponse;
use axum::routing::get;
use http::StatusCode;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use tokio::net::TcpListener;

use super::Health;
use crate::serve::config::Config;
use crate::serve::listen::serve;
use crate::serve::pulse::pulse;

/// How long `/readyz` waits for an answer: below what proxies and probes wait.
const PATIENCE: Duration = Duration::from_secs(2);
/// <https://github.com/prometheus/OpenMetrics/blob/v1.0.0/specification/OpenMetrics.md#text-format>
const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Answers at `address` from now to the process's end, already while the application starts.
///
/// # Errors
/// In words, if the address cannot be listened on.
pub(in crate::serve) async fn listen(
    address: SocketAddr,
    health: &Health,
    config: &Config,
) -> Result<(), String> {
    let listener = TcpListener::bind(address).await.map_err(|cause| {
        format!(
            "cannot listen on {address}: {cause}\nhelp: set ORION_HEALTH to another address, or leave it out"
        )
    })?;
    let (router, config) = (router(health), config.clone());
    tokio::spawn(async move { serve(listener, router, None, &config, pending(), pulse().1).await });
    Ok(())
}

fn router(health: &Health) -> Router {
    let (ready, counted) = (health.clone(), health.clone());
    Router::new()
        // That there is an answer is the answer.
        .route("/healthz", get(|| async { told(StatusCode::OK, TEXT, "ok\n".to_owned()) }))
        .route(
            "/readyz",
            get(|| async move {
                let report = ready.ask(PATIENCE).await;
                let status = if report.is_ready() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
                told(status, TEXT, report.to_string())
            }),
        )
        .route(
            "/metrics",
            get(|| async move {
                match counted.metrics() {
                    Some(metrics) => told(StatusCode::OK, OPEN_METRICS, metrics.text()),
                    None => told(StatusCode::SERVICE_UNAVAILABLE, TEXT, "not serving\n".to_owned()),
                }
            }),
        )
}

fn told(status: StatusCode, content_type: &'static str, text: String) -> impl IntoResponse {
    (status, [(CONTENT_TYPE, content_type), (CACHE_CONTROL, "no-store")], text)
}
