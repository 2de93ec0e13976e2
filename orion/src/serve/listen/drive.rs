//! A connection from its first byte to its end.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio::time::timeout;

use crate::live::Stream;
use crate::serve::hand_over::Shared;

/// Why a connection ended.
pub(super) type Cause = Box<dyn std::error::Error + Send + Sync>;

/// It asked for nothing in time.
#[derive(Debug)]
struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("it asked for nothing in time")
    }
}

impl std::error::Error for TooSlow {}

/// Whether a connection ended because its client took too long to ask.
pub(super) fn was_too_slow(cause: &Cause) -> bool {
    cause.is::<TooSlow>() || cause.downcast_ref().is_some_and(hyper::Error::is_timeout)
}

/// Drives a connection to its end, or to where a live stream takes it over; one that asks for nothing within `patience` is dropped.
///
/// HTTP's own limit on headers begins only with the byte that tells version 1 from 2, and version 2 has none.
pub(super) async fn drive(
    connection: impl Future<Output = Result<(), Cause>>,
    shared: &Shared,
    asked: &Notify,
    patience: Duration,
) -> Result<Option<(TcpStream, Stream)>, Cause> {
    let mut connection = pin!(connection);
    let mut driven = poll_fn(|cx| match connection.as_mut().poll(cx) {
        Poll::Ready(ended) => Poll::Ready(ended.map(|()| None)),
        Poll::Pending => shared.take().map_or(Poll::Pending, |taken| Poll::Ready(Ok(Some(taken)))),
    });
    tokio::select! {
        ended = &mut driven => return ended,
        asked = timeout(patience, asked.notified()) => {
            asked.map_err(|_| TooSlow)?;
        }
    }
    driven.await
}
