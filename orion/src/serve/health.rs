//! Whether the process does its work. Asks those who do it: the writer, a reader, on whose threads regions are rendered, and the listener.

mod pages;

pub(super) use pages::listen;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::time::timeout;

use super::metrics::Metrics;
use super::pulse::Pulse;
use crate::live::Hub;
use crate::store::sqlite::Sqlite;

/// What is known of the process; all clones are of the same one.
#[derive(Clone, Default)]
pub(super) struct Health(Arc<Mutex<Phase>>);

#[derive(Clone, Default)]
enum Phase {
    /// The database is opened, migrations are applied.
    #[default]
    Starting,
    Serving(Parts),
    Ending,
}

/// Who is asked.
#[derive(Clone)]
pub(super) struct Parts {
    pub(super) store: Arc<Sqlite>,
    pub(super) hub: Arc<Hub>,
    pub(super) listener: Pulse,
    pub(super) metrics: Option<Arc<Metrics>>,
}

/// What one of them said.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Said {
    Well,
    /// It works, and cannot do what it should.
    Ill(String),
    /// It did not answer in time.
    Nothing(Duration),
}

/// What all of them said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Report(Vec<(&'static str, Said)>);

impl Health {
    /// Requests are answered from now on.
    pub(super) fn serves(&self, parts: Parts) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Phase::Serving(parts);
    }

    /// Nobody new is let in any more.
    pub(super) fn ends(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Phase::Ending;
    }

    /// Asks everybody at once, and waits for their answers for so long.
    pub(super) async fn ask(&self, patience: Duration) -> Report {
        match self.phase() {
            Phase::Starting => Report(vec![("process", Said::Ill("it is starting".to_owned()))]),
            Phase::Ending => Report(vec![("process", Said::Ill("it is ending".to_owned()))]),
            Phase::Serving(parts) => parts.ask(patience).await,
        }
    }

    fn metrics(&self) -> Option<Arc<Metrics>> {
        match self.phase() {
            Phase::Serving(parts) => parts.metrics,
            Phase::Starting | Phase::Ending => None,
        }
    }

    fn phase(&self) -> Phase {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Parts {
    async fn ask(&self, patience: Duration) -> Report {
        let writer = async { self.store.check_writer().await.map_err(|error| error.chain()) };
        let hub = Arc::clone(&self.hub);
        // Nothing is rendered where the engine cannot be got at.
        let look = move || {
            let _ = hub.stats();
        };
        let reader = async { self.store.check_reader(look).await.map_err(|error| error.chain()) };
        let (writer, reader, listener) = tokio::join!(
            Said::of(writer, patience),
            Said::of(reader, patience),
            Said::of(self.listener.feel(), patience)
        );
        Report(vec![("writer", writer), ("renderer", reader), ("listener", listener)])
    }
}

impl Said {
    async fn of(answer: impl Future<Output = Result<(), String>>, patience: Duration) -> Self {
        match timeout(patience, answer).await {
            Ok(Ok(())) => Self::Well,
            Ok(Err(cause)) => Self::Ill(cause),
            Err(_) => Self::Nothing(patience),
        }
    }
}

impl Report {
    /// Whether everybody does what they should.
    pub(super) fn is_ready(&self) -> bool {
        self.0.iter().all(|(_, said)| *said == Said::Well)
    }

    /// Whether everybody answered. Who works but cannot, because the disk is full or another program holds the database, would
    /// not do better in a new process.
    pub(super) fn is_alive(&self) -> bool {
        !self.0.iter().any(|(_, said)| matches!(said, Said::Nothing(_)))
    }
}

impl fmt::Display for Report {
    /// A line for each of them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(who, said)| match said {
            Said::Well => writeln!(f, "{who}: ok"),
            Said::Ill(cause) => writeln!(f, "{who}: {cause}"),
            Said::Nothing(patience) => writeln!(f, "{who}: no answer within {patience:?}"),
        })
    }
}
