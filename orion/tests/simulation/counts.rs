//! What happened in all seeds together: that it was something.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What some lines of a story have in them, and what they are.
const KINDS: [(&str, &str); 7] = [
    (" is announced", "groups committed"),
    ("a read ends", "renders"),
    ("a read is lost", "renders lost"),
    ("shows <div", "frames shown"),
    ("opens its stream", "streams opened"),
    ("is killed", "crashes"),
    ("is restarted", "restarts"),
];

#[derive(Default)]
pub(crate) struct Counts {
    steps: AtomicUsize,
    kinds: [AtomicUsize; KINDS.len()],
}

impl Counts {
    pub(crate) fn add(&self, story: &[String]) {
        let steps = story.iter().filter(|line| !line.starts_with(' ')).count();
        self.steps.fetch_add(steps, Ordering::Relaxed);
        for (count, (has, _)) in self.kinds.iter().zip(KINDS) {
            count.fetch_add(story.iter().filter(|line| line.contains(has)).count(), Ordering::Relaxed);
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} steps", self.steps.load(Ordering::Relaxed))?;
        for (count, (_, name)) in self.kinds.iter().zip(KINDS) {
            write!(f, ", {} {name}", count.load(Ordering::Relaxed))?;
        }
        Ok(())
    }
}
