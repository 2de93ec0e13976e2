//! What is counted, as `OpenMetrics` text. The only place that names prometheus-client.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{DescriptorEncoder, EncodeLabelSet, EncodeMetric};
use prometheus_client::metrics::counter::{ConstCounter, Counter};
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::{Registry, Unit};

use super::pulse::Pulse;
use crate::app::AnsweredBy;
use crate::live::Hub;
use crate::store::Store as _;
use crate::store::sqlite::Sqlite;

/// What is counted while the application serves.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    commands: Family<Answer, Counter>,
    took: Histogram,
}

/// What is counted apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    slice: &'static str,
    command: &'static str,
    status: u16,
}

impl Metrics {
    /// Counts from now on.
    pub(super) fn of(store: &Arc<Sqlite>, hub: &Arc<Hub>, listener: &Pulse) -> Self {
        let mut registry = Registry::with_prefix("orion");
        let commands = Family::<Answer, Counter>::default();
        registry.register("commands", "Commands that were answered", commands.clone());
        // From a tenth of a millisecond to a good three seconds.
        let durations = || Histogram::new(exponential_buckets(0.0001, 2.0, 16));
        let took = durations();
        let help = "From a command's arrival to its answer";
        registry.register_with_unit("command", help, Unit::Seconds, took.clone());
        let commits = durations();
        let help = "How long commits took: with synchronous=full, what the disk takes";
        registry.register_with_unit("commit", help, Unit::Seconds, commits.clone());
        let groups = Histogram::new(exponential_buckets(1.0, 2.0, 11));
        registry.register("group_writes", "Writes that shared a commit", groups.clone());
        store.on_group(move |group| {
            commits.observe(group.commit.as_secs_f64());
            #[allow(clippy::cast_precision_loss, reason = "a group has some thousand writes at most")]
            groups.observe(group.writes as f64);
        });
        let (store, hub, listener) = (Arc::clone(store), Arc::clone(hub), listener.clone());
        registry.register_collector(Box::new(Counted { store, hub, listener }));
        Self { registry, commands, took }
    }

    /// The router, with its commands counted.
    pub(super) fn counting(self: &Arc<Self>, router: Router) -> Router {
        let metrics = Arc::clone(self);
        router.layer(from_fn(move |request: Request, next: Next| {
            let (metrics, began) = (Arc::clone(&metrics), Instant::now());
            async move {
                let response = next.run(request).await;
                if let Some(AnsweredBy(command)) = response.extensions().get().copied() {
                    metrics.answered(
                        command.slice,
                        command.name,
                        response.status().as_u16(),
                        began.elapsed(),
                    );
                }
                response
            }
        }))
    }

    fn answered(&self, slice: &'static str, command: &'static str, status: u16, took: Duration) {
        self.commands.get_or_create(&Answer { slice, command, status }).inc();
        self.took.observe(took.as_secs_f64());
    }

    /// All of it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

/// What others count anyway, read when it is asked for.
#[derive(Debug)]
struct Counted {
    store: Arc<Sqlite>,
    hub: Arc<Hub>,
    listener: Pulse,
}

impl Collector for Counted {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let (live, written) = (self.hub.stats(), self.store.written());
        let mut total = |name: &str, help: &str, unit: Option<&Unit>, value: u64| {
            let counter = ConstCounter::new(value);
            counter.encode(encoder.encode_descriptor(name, help, unit, counter.metric_type())?)
        };
        total("commits", "Transactions that were committed", None, written.commits)?;
        total("writes", "Writes in them that were kept", None, written.writes)?;
        total("writes_refused", "Writes that were not let in: too many waited", None, written.refused)?;
        total("renders", "Renders of regions that are looked at", None, live.renders)?;
        total("frames", "Renders that gave something new", None, live.frames)?;
        total("frames_sent", "Frames that streams took", None, live.sent)?;
        total("frame", "What they were, compressed", Some(&Unit::Bytes), live.bytes)?;
        let help = "Streams that were closed because their client did not read";
        total("streams_dropped", help, None, self.listener.dropped())?;
        let help = "Connections that were not let in: too many were open, in total or of one client";
        total("connections_refused", help, None, self.listener.refused())?;
        let mut now = |name: &str, help: &str, value: usize| {
            let gauge = ConstGauge::new(i64::try_from(value).unwrap_or(i64::MAX));
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)
        };
        now("queue_depth", "Writes that wait for the writer", written.waiting)?;
        now("streams", "Streams that are open: one for each tab that is looked at", live.streams)?;
        now("viewers", "Who looks, each viewer once", live.viewers)?;
        now("renders_overdue", "Renders that do not end: each keeps a reader", live.overdue)?;
        now("cells", "Regions that are looked at", live.cells)
    }
}
