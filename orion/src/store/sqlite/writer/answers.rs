//! Answers: whoever waits for a write is told how it ended. Of a large group that is a lot of waking, which is done beside the writer:
//! it begins the next group meanwhile.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{SendError, Sender, channel};
use std::thread;

use crate::error::Result;
use crate::store::{Write, panicked};

use super::failure::Lost;

/// A group of fewer is answered where it is committed: to wake another thread for that would take longer.
const LARGE: usize = 64;

/// A write that ran, before it is known whether it will be kept.
pub(super) struct Ran {
    pub(super) write: Write,
    pub(super) result: Result<()>,
}

/// A group, and whether it was kept.
type Ended = (Vec<Ran>, std::result::Result<(), Lost>);

/// Gives answers.
pub(super) struct Answers(Sender<Ended>);

/// Does `work` with somebody beside it who gives answers; all are given when this returns.
pub(super) fn beside(work: impl FnOnce(&Answers)) {
    let (groups, taken) = channel();
    thread::scope(|scope| {
        let beside = thread::Builder::new().name("orion-answers".to_owned());
        if let Err(cause) = beside.spawn_scoped(scope, move || taken.iter().for_each(tell)) {
            tracing::warn!(%cause, "nobody answers beside the writer; it does so itself");
        }
        work(&Answers(groups));
    });
}

impl Answers {
    /// Tells everybody of a group.
    pub(super) fn give(&self, ran: Vec<Ran>, ended: std::result::Result<(), Lost>) {
        if ran.len() < LARGE {
            tell((ran, ended));
        } else if let Err(SendError(group)) = self.0.send((ran, ended)) {
            tell(group);
        }
    }
}

fn tell((ran, ended): Ended) {
    for Ran { write, result } in ran {
        answer(write, result.and_then(|()| ended.as_ref().map_err(Lost::answer).copied()));
    }
}

/// Answers a write. A panic in what hears the answer must stop nobody else's.
pub(in crate::store::sqlite) fn answer(write: Write, outcome: Result<()>) {
    if let Err(panic) = catch_unwind(AssertUnwindSafe(|| write.done(outcome))) {
        tracing::error!(cause = %panicked(&*panic), "what waited for a write panicked");
    }
}
