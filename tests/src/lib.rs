//! What the applications under test are driven with: a real browser, a proxy that fails on command, the application's
//! own process, and an HTTP client that holds many open streams.
//!
//! A test says what a person does and sees. Whatever it needs but does not get within [`DEADLINE`] ends it with a
//! panic that shows the page, the console and the application's log.

#![allow(clippy::missing_panics_doc, reason = "panicking is how a test harness reports")]

pub mod browser;
pub mod certificate;
pub mod clock;
pub mod http;
pub mod load;
pub mod machine;
pub mod port;
pub mod process;
pub mod proxy;

pub use browser::{Browser, Key, Window};
pub use clock::Clock;
pub use http::Client;
pub use load::Load;
pub use machine::Machine;
pub use process::{App, binary};
pub use proxy::Proxy;

use std::time::Duration;

/// How long a test waits for what must happen. Far above what anything here takes: only a failing test gets near it.
pub const DEADLINE: Duration = Duration::from_secs(20);

/// Waits for `event`, for [`DEADLINE`] at most.
///
/// `what` completes the sentence "it did not happen in time that …".
pub async fn in_time<T>(what: &str, event: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, event)
        .await
        .unwrap_or_else(|_| panic!("it did not happen within {DEADLINE:?} that {what}"))
}
