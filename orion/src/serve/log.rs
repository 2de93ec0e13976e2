//! Logs: `tracing`, readable on a terminal, with fields in systemd's journal, one JSON object a line elsewhere.

#[cfg(unix)]
mod journal;

use std::io::IsTerminal;

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

use super::config::{Config, LogFormat};

/// Starts logging to standard error. Where a subscriber is set already, that one stays.
pub(super) fn start(config: &Config) {
    // The filter was checked with the rest of the configuration.
    let filter = config.log.parse::<Targets>().unwrap_or_default();
    let json = match config.log_format {
        #[cfg(unix)]
        LogFormat::Auto if journal::is_standard_error() && journal::start(&filter) => return,
        LogFormat::Auto => !std::io::stderr().is_terminal(),
        LogFormat::Text => false,
        LogFormat::Json => true,
    };
    let text = tracing_subscriber::fmt::layer()
        .with_writer(std::io::stderr)
        .with_target(false)
        // Where standard error is gone, saying so there would be a panic, in the middle of a request.
        .log_internal_errors(false);
    // An embedding program may have set its own subscriber.
    let layer = if json { text.json().flatten_event(true).boxed() } else { text.compact().boxed() };
    let _ = tracing_subscriber::registry().with(layer.with_filter(filter)).try_init();
}
