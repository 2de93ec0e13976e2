//! The world around one application: processes one after the other, tabs, commands, and a seed that says what happens next.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use orion::Viewer;
use orion::live::element_id;
use orion::store::{Store as _, Write};
use tempfile::TempDir;
use tokio::runtime::Builder;
use tokio::time::sleep;

use crate::bug::Bug;
use crate::bus::Delivery;
use crate::dice::Dice;
use crate::notes::{command, page};
use crate::process::{Process, folder};
use crate::tab::Tab;

const VIEWERS: [&str; 3] = ["ada", "bob", "eve"];
const MOST_TABS: usize = 6;

/// Something that can happen now. Numbers choose among what there is.
#[derive(Debug)]
pub(crate) enum Step {
    Command,
    Commit(usize),
    Deliver(usize, Delivery),
    BeginRead(usize),
    EndRead(usize),
    LoseRead(usize),
    Visit,
    Connect(usize),
    Disconnect(usize),
    Leave(usize),
    Read(usize),
    Wait(u64),
    Crash,
}

/// What became of a command: `None` where nobody was answered.
#[derive(Default)]
pub(crate) struct Sent {
    pub(crate) refuses: bool,
    pub(crate) kept: Option<bool>,
}

pub(crate) struct World {
    pub(crate) dice: Dice,
    pub(crate) bug: Option<Bug>,
    folder: TempDir,
    /// `None` only while the next one starts.
    pub(crate) process: Option<Process>,
    pub(crate) tabs: Vec<Tab>,
    /// The commands, by number.
    pub(crate) sent: Arc<Mutex<BTreeMap<i64, Sent>>>,
    /// What happened, step by step and event by event.
    pub(crate) story: Vec<String>,
}

/// Lets happen what the seed says; now and then everything comes to rest and is judged. Returns what happened, and what is not as
/// it should be.
pub(crate) fn play(seed: u64, bug: Option<Bug>) -> (Vec<String>, Result<(), String>) {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let mut world = World::new(seed, bug);
        let mut judged = Ok(());
        for _ in 0..=world.dice.below(3) {
            for _ in 0..10 + world.dice.below(80) {
                let step = world.choose();
                world.happen(step).await;
            }
            world.rest().await;
            judged = judged.and(world.judge());
        }
        (world.end(), judged)
    })
}

impl World {
    fn new(seed: u64, bug: Option<Bug>) -> Self {
        let (mut dice, folder) = (Dice::new(seed), folder());
        let process = Some(Process::start(folder.path(), &mut dice, bug));
        Self { dice, bug, folder, process, tabs: Vec::new(), sent: Arc::default(), story: Vec::new() }
    }

    pub(crate) fn process(&self) -> &Process {
        self.process.as_ref().expect("a process runs")
    }

    fn choose(&mut self) -> Step {
        let tab = self.dice.below(self.tabs.len());
        match self.dice.below(64) {
            0..=11 => Step::Command,
            12..=14 => Step::Visit,
            15..=17 => Step::Connect(tab),
            18 => Step::Disconnect(tab),
            19 => Step::Leave(tab),
            20 => Step::LoseRead(self.dice.below(self.process().store.waiting())),
            21..=25 => Step::Wait(1 + self.dice.below(60) as u64),
            26 if self.dice.once_in(2) => Step::Crash,
            _ => self.progress().unwrap_or(Step::Command),
        }
    }

    /// One of the steps that only go on with what has begun; `None` when there is nothing left.
    pub(crate) fn progress(&mut self) -> Option<Step> {
        let (store, bus) = (&self.process().store, &self.process().bus);
        let (writes, topics, waiting, begun) =
            (store.writes(), bus.on_the_way(), store.waiting(), store.begun());
        let woken: Vec<_> = (0..self.tabs.len()).filter(|&tab| self.tabs[tab].is_woken()).collect();
        let mut which = self.dice.below(usize::from(writes > 0) + topics + waiting + begun + woken.len());
        if writes > 0 {
            if which == 0 {
                return Some(Step::Commit(1 + self.dice.below(writes)));
            }
            which -= 1;
        }
        if which < topics {
            let delivery = match self.dice.below(16) {
                0 => Delivery::Gap,
                1 | 2 => Delivery::Twice,
                _ => Delivery::Once,
            };
            return Some(Step::Deliver(which, delivery));
        }
        which -= topics;
        if which < waiting {
            return Some(Step::BeginRead(which));
        }
        which -= waiting;
        if which < begun {
            return Some(Step::EndRead(which));
        }
        woken.get(which - begun).copied().map(Step::Read)
    }

    pub(crate) async fn happen(&mut self, step: Step) {
        self.story.push(format!("{step:?}"));
        let Process { store, bus, hub } = self.process.as_ref().expect("a process runs");
        match step {
            Step::Command => self.send(),
            Step::Commit(writes) => store.commit(writes),
            Step::Deliver(which, delivery) => bus.deliver(which, delivery),
            Step::BeginRead(which) => store.begin(which),
            Step::EndRead(which) => store.end(which),
            Step::LoseRead(which) => store.lose(which),
            Step::Visit => self.visit(),
            Step::Connect(tab) => {
                if let Some(tab) = self.tabs.get_mut(tab).filter(|tab| !tab.is_connected()) {
                    tab.connect(hub);
                }
            }
            Step::Disconnect(tab) => {
                if let Some(tab) = self.tabs.get_mut(tab) {
                    tab.disconnect();
                }
            }
            Step::Leave(tab) if tab < self.tabs.len() => drop(self.tabs.remove(tab)),
            Step::Leave(_) => {}
            Step::Read(tab) => self.story.extend(self.tabs[tab].read()),
            Step::Wait(time) => sleep(Duration::from_millis(time)).await,
            Step::Crash => self.crash(),
        }
    }

    fn send(&mut self) {
        let number = i64::try_from(self.sent.lock().unwrap().len()).unwrap();
        let (run, refuses) = command(number, &mut self.dice);
        self.sent.lock().unwrap().insert(number, Sent { refuses, kept: None });
        let sent = Arc::clone(&self.sent);
        let done = move |result: orion::Result<()>| {
            if let Some(sent) = sent.lock().unwrap().get_mut(&number) {
                sent.kept = Some(result.is_ok());
            }
        };
        self.process().store.write(Write { run, done: Box::new(done) });
    }

    /// A page is painted; its stream is opened later.
    fn visit(&mut self) {
        if self.tabs.len() == MOST_TABS {
            return;
        }
        let viewer = Viewer::with_id(VIEWERS[self.dice.below(VIEWERS.len())]);
        let regions = page(&mut self.dice);
        let lost = (self.bug == Some(Bug::LostWake)).then(|| self.dice.below(8));
        let screen = self.truth(&viewer, &regions);
        self.tabs.push(Tab::new(viewer, regions, screen, lost));
    }

    /// What a page shows that is painted now.
    pub(crate) fn truth(&self, viewer: &Viewer, regions: &[orion::live::Embed]) -> BTreeMap<String, String> {
        let (viewer, regions) = (viewer.clone(), regions.to_vec());
        self.process().look(move |hub, db| {
            regions.iter().map(|embed| Ok((element_id(embed), hub.render(embed, db, &viewer)?))).collect()
        })
    }

    /// The process dies, with all that was not committed; the next one starts on the files. Tabs keep what they show.
    fn crash(&mut self) {
        self.tabs.iter_mut().for_each(Tab::disconnect);
        if let Some(process) = self.process.take() {
            self.folder = process.kill();
        }
        self.process = Some(Process::start(self.folder.path(), &mut self.dice, self.bug));
    }

    fn end(mut self) -> Vec<String> {
        self.tabs.clear();
        if let Some(process) = self.process.take() {
            process.end();
        }
        self.story
    }
}
