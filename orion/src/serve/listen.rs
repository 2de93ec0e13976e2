//! The listener: accepts connections, and ends in good order.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout, timeout_at};

use super::Tls;
use super::config::Config;
use super::connection::{Accepted, Connections};
use super::doors::{Doors, Place};
use super::pulse::Heart;

/// How long a request may have been on its way when the end began: across an ocean and back. hyper would close a connection on which
/// nothing has come yet, although its client was let in.
const ON_ITS_WAY: Duration = Duration::from_millis(200);

/// Serves until `stop` is ready with a deadline, then waits until then for what was asked before. Returns the deadline.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<Tls>,
    config: &Config,
    stop: impl Future<Output = Instant>,
    mut heart: Heart,
) -> Instant {
    let graceful = GracefulShutdown::new();
    let doors = Doors::new(config, tls.is_none());
    let connections = Arc::new(Connections::new(config, router, tls, &heart.dropped()));
    // Every connection holds one end for as long as it lives, whoever has it.
    let (alive, mut all_ended) = mpsc::channel::<Infallible>(1);
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
                    accepting = Err(format!("a connection could not be accepted: {cause}"));
                    pause(&cause).await;
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
        let (connections, watcher) = (Arc::clone(&connections), graceful.watcher());
        let seat = Seat { _alive: alive.clone(), _place: place };
        tokio::spawn(connections.serve(Accepted { socket, peer, watcher, seat }));
    };
    connections.end();
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

/// After a connection that could not be accepted: out of file descriptors, or the peer left in the queue. Neither is helped by giving up
/// or by haste.
pub(super) async fn pause(cause: &io::Error) {
    tracing::warn!(%cause, "a connection could not be accepted");
    tokio::time::sleep(Duration::from_millis(20)).await;
}

/// What a connection has for as long as it lives, whoever has it.
pub(super) struct Seat {
    /// Tells, by being dropped, that it has ended.
    _alive: mpsc::Sender<Infallible>,
    _place: Place,
}

#[cfg(test)]
mod tests;
