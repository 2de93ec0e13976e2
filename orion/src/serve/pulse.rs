//! The listener's pulse: whoever watches over the process asks, and the loop that accepts connections answers between two of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::{mpsc, oneshot};

/// Whether connections can be accepted, or why the last one could not.
type Answer = Result<(), String>;

/// The end of whoever asks.
#[derive(Debug, Clone)]
pub(super) struct Pulse {
    asks: mpsc::Sender<oneshot::Sender<Answer>>,
    dropped: Arc<AtomicU64>,
    refused: Arc<AtomicU64>,
}

/// The listener's end.
pub(super) struct Heart {
    asked: mpsc::Receiver<oneshot::Sender<Answer>>,
    dropped: Arc<AtomicU64>,
    refused: Arc<AtomicU64>,
}

/// Both ends.
pub(super) fn pulse() -> (Pulse, Heart) {
    let (asks, asked) = mpsc::channel(8);
    let (dropped, refused) = (Arc::<AtomicU64>::default(), Arc::<AtomicU64>::default());
    let pulse = Pulse { asks, dropped: Arc::clone(&dropped), refused: Arc::clone(&refused) };
    (pulse, Heart { asked, dropped, refused })
}

impl Pulse {
    /// Waits for the listener's answer, which a listener that hangs does not give.
    pub(super) async fn feel(&self) -> Answer {
        let (answer, wait) = oneshot::channel();
        let gone = "it has ended".to_owned();
        if self.asks.send(answer).await.is_err() {
            return Err(gone);
        }
        wait.await.unwrap_or(Err(gone))
    }

    /// How many streams were closed because their client did not read.
    pub(super) fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// How many connections were not let in.
    pub(super) fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }
}

impl Heart {
    /// Waits for somebody who asks; nothing once nobody can any more.
    pub(super) async fn asked(&mut self) -> Option<oneshot::Sender<Answer>> {
        self.asked.recv().await
    }

    /// Counts a connection that was not let in.
    pub(super) fn refuses(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
    }

    /// What counts the streams that were dropped.
    pub(super) fn dropped(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.dropped)
    }
}
