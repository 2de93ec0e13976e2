//! What happened in all seeds together: that it was something.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How the lines of a story begin, and what they are.
const KINDS: [(&str, &str); 7] = [
    ("Commit", "groups committed"),
    ("EndRead", "renders"),
    ("LoseRead", "renders lost"),
    ("<div", "frames shown"),
    ("Connect", "streams opened"),
    ("Crash", "crashes"),
    ("Restart", "restarts"),
];

#[derive(Default)]
pub(crate) struct Counts([AtomicUsize; KINDS.len()]);

impl Counts {
    pub(crate) fn add(&self, story: &[String]) {
        for (count, (begin, _)) in self.0.iter().zip(KINDS) {
            count.fetch_add(story.iter().filter(|line| line.starts_with(begin)).count(), Ordering::Relaxed);
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (count, (_, name))) in self.0.iter().zip(KINDS).enumerate() {
            write!(f, "{}{} {name}", if at == 0 { "" } else { ", " }, count.load(Ordering::Relaxed))?;
        }
        Ok(())
    }
}
