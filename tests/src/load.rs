//! People who write without a pause, and remember what they were promised.

use crate::{Client, in_time};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::MissedTickBehavior;

/// Writers at work on `todos`, each request on a connection of its own.
#[derive(Debug)]
pub struct Load {
    client: Client,
    over: Arc<AtomicBool>,
    answered: watch::Sender<usize>,
    writers: Vec<JoinHandle<Told>>,
}

/// What they were told.
#[derive(Debug, Default)]
pub struct Told {
    /// The items that were answered with success.
    pub answered: Vec<String>,
    /// What else happened.
    pub failed: Vec<String>,
    /// How long the longest answer took.
    pub slowest: Duration,
}

impl Load {
    /// So many writers, each of whom writes again `pause` after it last began to; at once where that took longer.
    pub fn start(client: &Client, writers: usize, pause: Duration) -> Self {
        let (over, answered) = (Arc::<AtomicBool>::default(), watch::Sender::default());
        let write =
            |number| tokio::spawn(write(client.clone(), number, pause, Arc::clone(&over), answered.clone()));
        Self {
            client: client.clone(),
            writers: (0..writers).map(write).collect(),
            over: Arc::clone(&over),
            answered,
        }
    }

    /// Waits until some more were answered: the load goes on, and meets a process that works.
    pub async fn goes_on(&self) {
        let before = *self.answered.borrow();
        let more = self.writers.len() * 10;
        let mut watched = self.answered.subscribe();
        let answered = watched.wait_for(|answered| *answered >= before + more);
        drop(in_time("writers were answered", answered).await.expect("the load holds the sender"));
    }

    /// Ends it.
    pub async fn stop(self) -> Told {
        self.over.store(true, Ordering::Relaxed);
        let mut all = Told::default();
        for writer in self.writers {
            let told =
                in_time("a writer was answered for the last time", writer).await.expect("no writer panics");
            all.answered.extend(told.answered);
            all.failed.extend(told.failed);
            all.slowest = all.slowest.max(told.slowest);
        }
        all
    }

    /// Ends it, and compares what was promised with what a fresh visit shows: whatever was answered must be there.
    pub async fn stop_and_count(self, case: &str) -> Told {
        let client = self.client.clone();
        let told = self.stop().await;
        let page = client.get("/").send().await.text();
        let lost = told.answered.iter().filter(|title| !page.contains(&format!(">{title}<"))).count();
        println!(
            "{case}: {} commands answered, {lost} of them lost, {} not answered, the slowest answer {} ms",
            told.answered.len(),
            told.failed.len(),
            told.slowest.as_millis()
        );
        assert_eq!(lost, 0);
        told
    }
}

async fn write(
    client: Client,
    writer: usize,
    pause: Duration,
    over: Arc<AtomicBool>,
    answered: watch::Sender<usize>,
) -> Told {
    let mut told = Told::default();
    let mut pace = tokio::time::interval(pause);
    pace.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for number in 0.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        pace.tick().await;
        let title = format!("w{writer}-{number}");
        let began = Instant::now();
        match client.post("/todos").form(&[("title", &*title)]).try_send().await {
            Ok(answer) if answer.status == 303 => {
                told.answered.push(title);
                answered.send_modify(|count| *count += 1);
            }
            Ok(answer) => told.failed.push(format!("{title}: status {}", answer.status)),
            Err(cause) => told.failed.push(format!("{title}: {cause} ({:?})", cause.kind())),
        }
        told.slowest = told.slowest.max(began.elapsed());
    }
    told
}
