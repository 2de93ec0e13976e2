//! What the page wrote to the browser's console.

use super::Window;
use serde_json::{Value as Json, json};
use std::fmt;

/// One line of the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleLine {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// Who wrote it: `console-api`, `javascript` for an uncaught error, `network`, `security`, …
    pub source: String,
    /// Where and what.
    pub text: String,
}

impl fmt::Display for ConsoleLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: {}", self.level, self.source, self.text)
    }
}

impl ConsoleLine {
    fn read(line: &Json) -> Self {
        let field = |name: &str| line[name].as_str().unwrap_or_default().to_owned();
        Self { level: field("level"), source: field("source"), text: field("message") }
    }
}

impl Window {
    /// What was written since the last call, by every window of the profile.
    pub async fn console(&self) -> Vec<ConsoleLine> {
        let turn = self.turn().await;
        let lines = turn.post("se/log", json!({ "type": "browser" })).await.unwrap_or_default();
        lines.as_array().into_iter().flatten().map(ConsoleLine::read).collect()
    }

    /// The errors among [`console`](Self::console). Not those of the network: a test that takes the server away
    /// provokes them.
    pub async fn console_errors(&self) -> Vec<String> {
        let lines = self.console().await.into_iter();
        lines
            .filter(|line| line.level == "SEVERE" && line.source != "network")
            .map(|line| line.text)
            .collect()
    }
}
