//! The listener: accepts connections, bounds what a client may do to them, and ends in good order.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::time::Duration;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use super::config::Config;

/// The most that the headers of a request may take, in bytes.
const HEADERS: usize = 32 * 1024;
/// How many requests one HTTP/2 connection may have open: above the number of tabs that anybody keeps.
const STREAMS_PER_CONNECTION: u32 = 256;

/// Serves until `stop` is ready, then waits for open requests, but no longer than the configuration allows.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    config: &Config,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let builder = connections(config);
    let graceful = GracefulShutdown::new();
    let mut stop = std::pin::pin!(stop);
    loop {
        let (socket, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(cause) => {
                    // Out of file descriptors, or the peer left in the queue: neither is helped by giving up or by haste.
                    tracing::warn!(%cause, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            },
            () = &mut stop => break,
        };
        // Frames are whole when they are written: waiting for more (Nagle) would only delay them.
        let _ = socket.set_nodelay(true);
        let mut socket = TimeoutStream::new(socket);
        socket.set_write_timeout(Some(config.write_timeout));
        let router = router.clone();
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let answer = router.clone().oneshot(request.map(axum::body::Body::new));
            async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
        });
        let connection = builder.serve_connection(TokioIo::new(Box::pin(socket)), service).into_owned();
        let watched = graceful.watch(connection);
        tokio::spawn(async move {
            if let Err(cause) = watched.await {
                tracing::debug!(%peer, %cause, "a connection ended");
            }
        });
    }
    drop(listener);
    let open = graceful.count();
    if tokio::time::timeout(config.shutdown_timeout, graceful.shutdown()).await.is_err() {
        tracing::warn!(connections = open, "shutdown did not wait any longer for open requests");
    }
    Ok(())
}

fn connections(config: &Config) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(config.request_timeout)
        .max_buf_size(HEADERS.max(8192))
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(HEADERS).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS_PER_CONNECTION)
        .keep_alive_interval(Some(Duration::from_secs(20)))
        .keep_alive_timeout(config.write_timeout);
    builder
}
