//! What a test is answered.

use std::ops::RangeBounds;

use http::HeaderMap;

/// The answer to a request.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub text: String,
}

impl Answer {
    /// Passes the answer on if its status is in `range`.
    ///
    /// # Panics
    /// If it is not; the message has the body.
    #[track_caller]
    #[allow(clippy::return_self_not_must_use)] // Often it is called for its panic only.
    #[allow(clippy::needless_pass_by_value)] // Reads as `expect_status(200..=204)`.
    pub fn expect_status(self, range: impl RangeBounds<u16>) -> Self {
        assert!(range.contains(&self.status), "status {}: {}", self.status, self.text);
        self
    }

    /// A header's text; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("")
    }
}
