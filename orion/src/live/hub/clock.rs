//! The hub's clock: the runtime's, in milliseconds since the hub began.

use std::future::Future;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep_until};

#[derive(Clone)]
pub(super) struct Clock {
    runtime: Handle,
    start: Instant,
}

impl Clock {
    pub(super) fn start() -> Self {
        Self { runtime: Handle::current(), start: Instant::now() }
    }

    /// Now. On any thread: a test's time stands still for those only who are in its runtime.
    pub(super) fn now(&self) -> u64 {
        let _inside = self.runtime.enter();
        self.start.elapsed().as_millis().try_into().unwrap_or(u64::MAX)
    }

    /// Runs `f` at a time.
    pub(super) fn at(&self, time: u64, f: impl FnOnce() + Send + 'static) {
        let start = self.start;
        self.spawn(async move {
            sleep_until(start + Duration::from_millis(time)).await;
            f();
        });
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        drop(self.runtime.spawn(task));
    }
}
