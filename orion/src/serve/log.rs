//! Logs: `tracing`, readable on a terminal, with fields in systemd's journal, one JSON object a line elsewhere.

#[cfg(unix)]
mod journal;

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

use super::config::{Config, LogFormat};

/// Starts logging to standard error. Where a subscriber is set already, that one stays.
pub(super) fn start(config: &Config) {
    // The filter was checked with the rest of the configuration.
    let filter = EnvFilter::new(&config.log);
    let json = match config.log_format {
        #[cfg(unix)]
        LogFormat::Auto if journal::is_standard_error() && journal::start(&config.log) => return,
        LogFormat::Auto => !std::io::stderr().is_terminal(),
        LogFormat::Text => false,
        LogFormat::Json => true,
    };
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false)
        // Where standard error is gone, saying so there would be a panic, in the middle of a request.
        .log_internal_errors(false);
    // An embedding program may have set its own subscriber.
    let _ = if json { builder.json().flatten_event(true).try_init() } else { builder.compact().try_init() };
}
