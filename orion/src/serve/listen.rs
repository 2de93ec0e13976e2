//! The listener: accepts connections, bounds what a client may do to them, and ends in good order.

mod drive;

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use http::header::{CONNECTION, HeaderValue};
use http::{Request, Version};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, timeout, timeout_at};
use tokio_io_timeout::TimeoutStream;

use self::drive::{drive, was_too_slow};
use super::carry::{Carriers, Handed};
use super::config::Config;
use super::doors::{Doors, Place};
use super::hand_over::Shared;
use super::head::{self, Gate};
use super::pulse::Heart;

/// How many requests one HTTP/2 connection may have open: above the number of tabs that anybody keeps.
const STREAMS_PER_CONNECTION: u32 = 256;
/// How long a request may have been on its way when the end began: across an ocean and back. hyper would close a connection on which
/// nothing has come yet, although its client was let in.
const ON_ITS_WAY: Duration = Duration::from_millis(200);

/// Serves until `stop` is ready with a deadline, then waits until then for what was asked before. Returns the deadline.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    config: &Config,
    stop: impl Future<Output = Instant>,
    mut heart: Heart,
) -> Instant {
    let builder = connections(config);
    let graceful = GracefulShutdown::new();
    let carriers = Arc::new(Carriers::start(config.write_timeout, &heart.dropped()));
    // Every connection holds one end for as long as it lives, whoever has it.
    let (alive, mut all_ended) = mpsc::channel::<Infallible>(1);
    let doors = Doors::new(config);
    let gate = Arc::new(Gate::new(router, config));
    let ending = Arc::new(AtomicBool::new(false));
    let mut stop = pin!(stop);
    let mut accepting = Ok(());
    let deadline = loop {
        let (socket, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => {
                    accepting = Ok(());
                    accepted
                }
                Err(cause) => {
                    // Out of file descriptors, or the peer left in the queue: neither is helped by giving up or by haste.
                    tracing::warn!(%cause, "a connection could not be accepted");
                    accepting = Err(format!("a connection could not be accepted: {cause}"));
                    tokio::time::sleep(Duration::from_millis(20)).await;
                    continue;
                }
            },
            Some(asks) = heart.asked() => {
                // Who does not wait any more is not told.
                let _ = asks.send(accepting.clone());
                continue;
            }
            deadline = &mut stop => break deadline,
        };
        let place = match doors.admit(peer.ip()) {
            Ok(place) => place,
            Err(closed) => {
                heart.refuses();
                doors.turn_away(socket, closed);
                continue;
            }
        };
        // Frames are whole when they are written: waiting for more (Nagle) would only delay them.
        let _ = socket.set_nodelay(true);
        let shared = Shared::new(socket);
        let mut socket = TimeoutStream::new(shared.clone());
        socket.set_write_timeout(Some(config.write_timeout));
        let (gate, keeper) = (Arc::clone(&gate), shared.clone());
        let asked = Arc::new(Notify::new());
        let (asks, ending) = (Arc::clone(&asked), Arc::clone(&ending));
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            asks.notify_one();
            let (keeper, method, version) = (keeper.clone(), request.method().clone(), request.version());
            let ending = Arc::clone(&ending);
            let answer = Arc::clone(&gate).answer(peer.ip(), request);
            async move {
                let mut answer = answer.await;
                if ending.load(Ordering::Relaxed) && version < Version::HTTP_2 {
                    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                }
                keeper.keep((&method, version), &mut answer);
                Ok::<_, Infallible>(answer)
            }
        });
        let connection = builder.serve_connection(TokioIo::new(Box::pin(socket)), service).into_owned();
        let watched = graceful.watch(connection);
        let (patience, carriers) = (config.request_timeout, Arc::clone(&carriers));
        let seat = Seat { _alive: alive.clone(), _place: place };
        tokio::spawn(async move {
            match drive(watched, &shared, &asked, patience).await {
                Ok(Some((socket, stream))) => carriers.hand(Handed { socket, stream, peer, seat }),
                Ok(None) => {}
                Err(cause) => {
                    if was_too_slow(&cause) {
                        shared.say(&head::too_slow());
                    }
                    tracing::debug!(%peer, cause, "a connection ended");
                }
            }
        });
    };
    ending.store(true, Ordering::Relaxed);
    drop((listener, alive));
    let ended = async {
        if timeout(ON_ITS_WAY, all_ended.recv()).await.is_err() {
            graceful.shutdown().await;
            all_ended.recv().await;
        }
    };
    if timeout_at(deadline, ended).await.is_err() {
        let open = all_ended.sender_strong_count();
        tracing::warn!(connections = open, "shutdown did not wait any longer for open requests");
    }
    deadline
}

/// What a connection has for as long as it lives, whoever has it.
pub(super) struct Seat {
    /// Tells, by being dropped, that it has ended.
    _alive: mpsc::Sender<Infallible>,
    _place: Place,
}

fn connections(config: &Config) -> auto::Builder<TokioExecutor> {
    // A head that is a little too large is read, so that somebody can say so in words; hyper refuses without any.
    let beyond = config.header_limit.saturating_mul(2);
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(config.request_timeout)
        .max_buf_size(beyond.max(8192))
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(beyond).unwrap_or(u32::MAX))
        .max_concurrent_streams(STREAMS_PER_CONNECTION)
        .keep_alive_interval(Some(Duration::from_secs(20)))
        .keep_alive_timeout(config.write_timeout);
    builder
}

#[cfg(test)]
mod tests;
