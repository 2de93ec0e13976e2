//! The listener: accepts connections, bounds what a client may do to them, and ends in good order.

use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, mpsc};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt as _;

use super::carry::{Carriers, Handed};
use super::config::Config;
use super::hand_over::Shared;
use crate::live::Stream;

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
    let carriers = Arc::new(Carriers::start(config.write_timeout));
    // Every connection holds one end for as long as it lives, whoever has it.
    let (alive, mut all_ended) = mpsc::channel::<Infallible>(1);
    let mut stop = pin!(stop);
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
        let shared = Shared::new(socket);
        let mut socket = TimeoutStream::new(shared.clone());
        socket.set_write_timeout(Some(config.write_timeout));
        let (router, keeper) = (router.clone(), shared.clone());
        let asked = Arc::new(Notify::new());
        let asks = Arc::clone(&asked);
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            asks.notify_one();
            let (keeper, method, version) = (keeper.clone(), request.method().clone(), request.version());
            let answer = router.clone().oneshot(request.map(axum::body::Body::new));
            async move {
                let mut answer = answer.await.unwrap_or_else(|never| match never {});
                keeper.keep((&method, version), &mut answer);
                Ok::<_, Infallible>(answer)
            }
        });
        let connection = builder.serve_connection(TokioIo::new(Box::pin(socket)), service).into_owned();
        let watched = graceful.watch(connection);
        let (patience, alive, carriers) = (config.request_timeout, alive.clone(), Arc::clone(&carriers));
        tokio::spawn(async move {
            match drive(watched, &shared, &asked, patience).await {
                Ok(Some((socket, stream))) => carriers.hand(Handed { socket, stream, peer, alive }),
                Ok(None) => {}
                Err(cause) => tracing::debug!(%peer, cause, "a connection ended"),
            }
        });
    }
    drop((listener, alive));
    let open = all_ended.sender_strong_count();
    let ended = async {
        graceful.shutdown().await;
        all_ended.recv().await
    };
    if tokio::time::timeout(config.shutdown_timeout, ended).await.is_err() {
        tracing::warn!(connections = open, "shutdown did not wait any longer for open requests");
    }
    Ok(())
}

/// Drives a connection to its end, or to where a live stream takes it over; one that asks for nothing within `patience` is dropped.
///
/// HTTP's own limit on headers begins only with the byte that tells version 1 from 2, and version 2 has none.
async fn drive<E: ToString>(
    connection: impl Future<Output = Result<(), E>>,
    shared: &Shared,
    asked: &Notify,
    patience: Duration,
) -> Result<Option<(TcpStream, Stream)>, String> {
    let mut connection = pin!(connection);
    let mut driven = poll_fn(|cx| match connection.as_mut().poll(cx) {
        Poll::Ready(ended) => Poll::Ready(ended.map(|()| None).map_err(|cause| cause.to_string())),
        Poll::Pending => shared.take().map_or(Poll::Pending, |taken| Poll::Ready(Ok(Some(taken)))),
    });
    tokio::select! {
        ended = &mut driven => return ended,
        asked = tokio::time::timeout(patience, asked.notified()) => {
            asked.map_err(|_| "it asked for nothing in time".to_owned())?;
        }
    }
    driven.await
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
