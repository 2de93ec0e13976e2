//! What is being rendered, and for how long: whatever does not end is named in the log. Code cannot be ended from outside, so it keeps its
//! reader; a person has to know which it is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use super::clock::Clock;
use crate::decl::Page;
use crate::live::Embed;

/// What is rendered.
pub(super) enum Rendering {
    Region(Embed),
    Page(&'static str, &'static str),
}

impl Rendering {
    pub(super) fn page(page: &Page) -> Self {
        Self::Page(page.slice, page.name)
    }
}

impl fmt::Display for Rendering {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Region(embed) => embed.fmt(f),
            Self::Page(slice, name) => write!(f, "page `{slice}::{name}`"),
        }
    }
}

/// Knows what is being rendered.
pub(super) struct Overdue {
    me: Weak<Self>,
    clock: Clock,
    /// In milliseconds.
    limit: u64,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    next: u64,
    /// By number, which is by when it began.
    under_way: BTreeMap<u64, UnderWay>,
    /// How many of them were named.
    named: usize,
    /// Whether the alarm is set.
    set: bool,
}

struct UnderWay {
    began: u64,
    what: Rendering,
    named: bool,
}

/// One that is under way. It has ended when this is dropped.
pub(super) struct Watched {
    overdue: Arc<Overdue>,
    number: u64,
}

impl Overdue {
    pub(super) fn after(limit: Duration, clock: Clock) -> Arc<Self> {
        let limit = limit.as_millis().try_into().unwrap_or(u64::MAX);
        Arc::new_cyclic(|me| Self { me: me.clone(), clock, limit, state: Mutex::default() })
    }

    /// How many take too long right now.
    pub(super) fn count(&self) -> usize {
        self.lock().named
    }

    /// Watches one that begins.
    pub(super) fn watch(self: &Arc<Self>, what: Rendering) -> Watched {
        let began = self.clock.now();
        let mut state = self.lock();
        let number = state.next;
        state.next += 1;
        state.under_way.insert(number, UnderWay { began, what, named: false });
        let unset = !std::mem::replace(&mut state.set, true);
        drop(state);
        if unset {
            self.set(began.saturating_add(self.limit));
        }
        Watched { overdue: Arc::clone(self), number }
    }

    fn set(&self, time: u64) {
        let me = Weak::clone(&self.me);
        self.clock.at(time, move || {
            if let Some(overdue) = me.upgrade() {
                overdue.look();
            }
        });
    }

    /// Names those that take too long, and looks again when the next one would.
    fn look(&self) {
        let now = self.clock.now();
        let mut state = self.lock();
        let mut named = 0;
        for UnderWay { began, what, named: done } in state.under_way.values_mut().filter(|one| !one.named) {
            if now.saturating_sub(*began) < self.limit {
                break;
            }
            let seconds = (now - *began) / 1000;
            tracing::error!(%what, seconds, "a render does not end: it keeps a reader for as long as it runs");
            *done = true;
            named += 1;
        }
        state.named += named;
        let next = state.under_way.values().find(|one| !one.named).map(|one| one.began);
        state.set = next.is_some();
        drop(state);
        if let Some(began) = next {
            self.set(began.saturating_add(self.limit));
        }
    }

    /// The counts are whole between any two calls.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        let mut state = self.overdue.lock();
        let ended = state.under_way.remove(&self.number);
        state.named -= usize::from(ended.is_some_and(|ended| ended.named));
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::{Duration, advance};

    use super::*;

    async fn pass(seconds: u64) {
        advance(Duration::from_secs(seconds)).await;
        // The alarm's task runs.
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_too_long_is_counted_until_it_ends() {
        let overdue = Overdue::after(Duration::from_secs(10), Clock::start());
        let first = overdue.watch(Rendering::Page("todos", "home"));
        drop(overdue.watch(Rendering::Page("todos", "quick")));
        pass(6).await;
        let second = overdue.watch(Rendering::Page("todos", "other"));
        pass(5).await;
        assert_eq!(overdue.count(), 1, "the first");
        pass(6).await;
        assert_eq!(overdue.count(), 2, "and the second");
        drop((first, second));
        assert_eq!(overdue.count(), 0);
        let again = overdue.watch(Rendering::Page("todos", "home"));
        pass(11).await;
        assert_eq!(overdue.count(), 1);
        drop(again);
    }
}
