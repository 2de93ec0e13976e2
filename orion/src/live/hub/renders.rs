//! Renders: from the engine to the store's readers, and back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Weak};

use maud::PreEscaped;

use super::Hub;
use super::overdue::Rendering;
use crate::live::engine::{CellId, Job, Outcome};
use crate::live::render::Renderer;
use crate::live::{Oracle, frame};
use crate::store::{Db, panicked};
use crate::topic::Topics;

impl Hub {
    /// Gives renders to the store for as long as one is due and fewer than the limit are under way.
    ///
    /// One thread at a time does this. Another that comes meanwhile returns: the first one looks again before it stops.
    /// So a store that runs a read at once, on this very thread, does not nest renders.
    pub(super) fn give(&self) {
        if std::mem::replace(&mut self.lock().giving, true) {
            return;
        }
        while let Some(job) = self.next_job() {
            let Some(hub) = self.me.upgrade() else { return };
            let promise = Promise { hub, cell: job.cell, kept: false };
            self.store.read(Box::new(move |db| {
                let watched = promise.hub.overdue.watch(Rendering::Region(job.subject.embed().clone()));
                let outcome = caught(db, &job, promise.hub.oracle());
                drop(watched);
                promise.keep(outcome);
            }));
        }
    }

    fn next_job(&self) -> Option<Job> {
        let now = self.clock.now();
        let mut state = self.lock();
        if state.under_way < self.options.renders {
            if let Some(job) = state.engine.next(now) {
                state.under_way += 1;
                return Some(job);
            }
            if let Some(due) = state.engine.due()
                && state.alarm.is_none_or(|alarm| due < alarm)
            {
                state.alarm = Some(due);
                self.ring_at(due);
            }
        }
        state.giving = false;
        None
    }

    fn ring_at(&self, time: u64) {
        let me = Weak::clone(&self.me);
        self.clock.at(time, move || {
            let Some(hub) = me.upgrade() else { return };
            {
                let mut state = hub.lock();
                // Another alarm may have been set before this one.
                if state.alarm == Some(time) {
                    state.alarm = None;
                }
            }
            hub.give();
        });
    }

    fn ended(&self, cell: CellId, outcome: Outcome) {
        let now = self.clock.now();
        let mailboxes: Vec<_> = {
            let mut state = self.lock();
            state.under_way -= 1;
            let streams = state.engine.rendered(cell, outcome, now);
            streams.into_iter().filter_map(|stream| state.members.mailbox(stream)).collect()
        };
        for mailbox in mailboxes {
            mailbox.wake();
        }
        self.give();
    }
}

/// A render that the engine waits for. Kept also when the store drops the job instead of running it: else the cell would
/// never be rendered again.
struct Promise {
    hub: Arc<Hub>,
    cell: CellId,
    kept: bool,
}

impl Promise {
    fn keep(mut self, outcome: Outcome) {
        self.kept = true;
        self.hub.ended(self.cell, outcome);
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if !self.kept {
            let result = Err("the store did not run the read".to_owned());
            self.hub.ended(self.cell, Outcome { result, reads: Topics::new() });
        }
    }
}

/// Regions do not panic through [`Renderer`], but the text of an error is the application's code too.
fn caught(db: &Db, job: &Job, oracle: Option<&Oracle>) -> Outcome {
    catch_unwind(AssertUnwindSafe(|| render(db, job, oracle)))
        .unwrap_or_else(|panic| Outcome { result: Err(panicked(&*panic).to_string()), reads: Topics::new() })
}

fn render(db: &Db, job: &Job, oracle: Option<&Oracle>) -> Outcome {
    let embed = job.subject.embed();
    let rendered = Renderer { db, viewer: job.subject.viewer(), present: &job.present, oracle }.render(embed);
    let result = rendered.html.map(|html| frame::patch(PreEscaped(html))).map_err(|error| error.chain());
    if let Err(problem) = &result {
        tracing::error!(region = %embed, viewer = ?job.subject.viewer(), %problem, "a region failed; its last frame stays");
    }
    Outcome { result, reads: rendered.reads }
}
