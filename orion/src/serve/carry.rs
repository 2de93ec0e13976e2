//! Carriers: write live streams to their sockets, each many of them, in the chunks of HTTP/1.1 (RFC 9112, section 7.1).
//!
//! A publish wakes thousands of streams at once, and what each costs is mostly memory that has to be fetched: a stream is one small
//! piece of it here, and its carrier is woken once for all. The carriers share the streams evenly.

mod carried;
mod chunks;

use std::io::ErrorKind;
use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use self::carried::Carried;
use self::chunks::Chunks;
use super::listen::Seat;
use crate::live::Stream;

/// Who writes streams to their sockets: as many tasks as the machine has processors.
pub(super) struct Carriers {
    carriers: Vec<mpsc::UnboundedSender<Handed>>,
    next: AtomicUsize,
}

/// What is handed to a carrier.
pub(super) struct Handed {
    pub(super) socket: TcpStream,
    pub(super) stream: Stream,
    pub(super) peer: SocketAddr,
    pub(super) seat: Seat,
}

impl Carriers {
    /// Carriers that give a client so long to make room for more, and count in `dropped` those that make none.
    pub(super) fn start(patience: Duration, dropped: &Arc<AtomicU64>) -> Self {
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        let start = |_| {
            let (carrier, handed) = mpsc::unbounded_channel();
            tokio::spawn(carry(handed, patience, Arc::clone(dropped)));
            carrier
        };
        Self { carriers: (0..count).map(start).collect(), next: AtomicUsize::new(0) }
    }

    /// Carries the stream to its end, or to the client's.
    pub(super) fn hand(&self, handed: Handed) {
        let next = self.next.fetch_add(1, Ordering::Relaxed) % self.carriers.len();
        // A carrier is gone only when the runtime is, and with it every connection.
        let _ = self.carriers[next].send(handed);
    }
}

async fn carry(mut handed: mpsc::UnboundedReceiver<Handed>, patience: Duration, dropped: Arc<AtomicU64>) {
    let (mut streams, chunks, mut more) = (FuturesUnordered::new(), Arc::<Chunks>::default(), true);
    while more || !streams.is_empty() {
        tokio::select! {
            next = handed.recv(), if more => match next {
                Some(Handed { socket, stream, peer, seat }) => {
                    let carried = Carried::new(socket, stream, Arc::clone(&chunks), patience);
                    let dropped = Arc::clone(&dropped);
                    // A stream that panics ends alone.
                    streams.push(AssertUnwindSafe(carried).catch_unwind().map(move |ended| {
                        if let Ok(Err(cause)) = ended {
                            if cause.kind() == ErrorKind::TimedOut {
                                dropped.fetch_add(1, Ordering::Relaxed);
                            }
                            tracing::debug!(%peer, %cause, "a stream ended");
                        }
                        drop(seat);
                    }));
                }
                None => more = false,
            },
            Some(()) = streams.next() => {}
        }
    }
}
