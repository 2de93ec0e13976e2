//! Each rule of the engine, one sentence each.

mod changes;
mod failures;
mod keys;
mod presence;
mod streams;
mod subjects;
mod windows;

use bytes::Bytes;
use maud::Markup;

use super::*;
use crate::decl::Region;
use crate::error::Result;
use crate::live::{Args, Scope};
use crate::topic::Topic;

const LIST: Region = Region::new("todos", "list", never);
const COUNT: Region = Region::new("todos", "count", never);
const MINE: Region = Region::new("todos", "mine", never).personal();
const WHO: Region = Region::new("todos", "who", never).present();
const WHO_BUT_ME: Region = Region::new("todos", "who_but_me", never).personal().present();

const WINDOW: u64 = 16;

fn never(_: &Scope<'_>) -> Result<Markup> {
    unreachable!("the engine renders nothing itself")
}

fn embed(region: &'static Region) -> Embed {
    Embed::new(region, Args::none())
}

fn viewer(id: &str) -> Viewer {
    Viewer::with_id(id)
}

fn topics(names: &[&'static str]) -> Topics {
    names.iter().map(|name| Topic::table(name)).collect()
}

fn frame(text: &str, reads: &[&'static str]) -> Outcome {
    Outcome { result: Ok(Bytes::copy_from_slice(text.as_bytes())), reads: topics(reads) }
}

fn failure(why: &str, reads: &[&'static str]) -> Outcome {
    Outcome { result: Err(why.to_owned()), reads: topics(reads) }
}

/// An engine with its clock.
struct Live {
    engine: Engine,
    now: u64,
}

impl Live {
    fn new() -> Self {
        Self { engine: Engine::new(WINDOW), now: 1_000 }
    }

    fn open(&mut self, id: &str, regions: &[&'static Region]) -> StreamId {
        let regions: Vec<_> = regions.iter().map(|region| embed(region)).collect();
        self.engine.open(&viewer(id), &regions)
    }

    fn changed(&mut self, names: &[&'static str]) {
        self.engine.changed(&topics(names));
    }

    fn next(&mut self) -> Option<Job> {
        self.engine.next(self.now)
    }

    /// The next job, which must be there, once the window has passed.
    fn begin(&mut self) -> Job {
        self.now += WINDOW;
        self.next().expect("there is something to render")
    }

    fn end(&mut self, job: &Job, outcome: Outcome) -> Vec<StreamId> {
        self.engine.rendered(job.cell, outcome, self.now)
    }

    /// Renders the one cell that is due.
    fn render(&mut self, outcome: Outcome) -> Vec<StreamId> {
        let job = self.begin();
        self.end(&job, outcome)
    }

    fn take(&mut self, stream: StreamId) -> Option<Bytes> {
        self.engine.take(stream).map(|frame| frame.bytes().clone())
    }

    fn idle(&mut self) -> bool {
        self.now += WINDOW;
        self.next().is_none()
    }
}
