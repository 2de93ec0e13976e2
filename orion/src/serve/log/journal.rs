//! systemd's journal, spoken to in its own protocol: each field of an event is one that `journalctl` can look for.

use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;
use std::os::unix::fs::MetadataExt as _;

use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Layer as _, SubscriberExt as _};
use tracing_subscriber::util::SubscriberInitExt as _;

/// What the names of fields begin with: `journalctl ORION_STATUS=500`. Without, they could be mistaken for the journal's own.
const PREFIX: &str = "ORION";

/// Whether standard error goes to the journal, by the sign that systemd gives (`JOURNAL_STREAM` in `systemd.exec(5)`).
pub(super) fn is_standard_error() -> bool {
    let Ok(stream) = std::env::var("JOURNAL_STREAM") else { return false };
    let here = || -> io::Result<String> {
        let standard_error = File::from(io::stderr().as_fd().try_clone_to_owned()?).metadata()?;
        Ok(format!("{}:{}", standard_error.dev(), standard_error.ino()))
    };
    here().is_ok_and(|here| here == stream)
}

/// Starts logging to the journal. Says whether it did: not where it cannot be reached.
pub(super) fn start(filter: &Targets) -> bool {
    let Ok(journal) = tracing_journald::layer() else { return false };
    let journal = journal.with_field_prefix(Some(PREFIX.to_owned()));
    // An embedding program may have set its own subscriber.
    let _ = tracing_subscriber::registry().with(journal.with_filter(filter.clone())).try_init();
    true
}
