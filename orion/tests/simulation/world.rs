//! The world around one application: processes one after the other, tabs, commands, and a seed that says what happens next.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use orion::Viewer;
use orion::live::{Coding, Embed, element_id};
use orion::store::{Store as _, Write};
use tempfile::TempDir;
use tokio::runtime::Builder;
use tokio::time::sleep;

use crate::bug::Bug;
use crate::dice::Dice;
use crate::notes::{VIEWERS, command, page};
use crate::past::Past;
use crate::process::{Process, folder};
use crate::step::Step;
use crate::tab::{Seen, Tab};
use crate::writer::Place;

const CODINGS: [Coding; 3] = [Coding::Identity, Coding::Gzip, Coding::Br];
const MOST_TABS: usize = 6;

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
    past: Past,
    /// The commands, by number.
    pub(crate) sent: Arc<Mutex<BTreeMap<i64, Sent>>>,
    /// What was not as it should be, before all came to rest.
    pub(crate) wrong: Option<String>,
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
            judged = world.judge();
            if judged.is_err() {
                break;
            }
        }
        (world.end(), judged)
    })
}

impl World {
    fn new(seed: u64, bug: Option<Bug>) -> Self {
        let (mut dice, folder) = (Dice::new(seed), folder());
        let process = Some(Process::start(folder.path(), &mut dice, bug));
        let (tabs, sent, wrong, story) = (Vec::new(), Arc::default(), None, Vec::new());
        let mut world = Self { dice, bug, folder, process, tabs, past: Past::default(), sent, wrong, story };
        world.record();
        world
    }

    pub(crate) fn process(&self) -> &Process {
        self.process.as_ref().expect("a process runs")
    }

    pub(crate) async fn happen(&mut self, step: Step) {
        self.story.push(format!("{step:?}"));
        let Process { store, bus, hub } = self.process.as_ref().expect("a process runs");
        match step {
            Step::Command => self.send(),
            Step::Group(_) | Step::Commit | Step::Answer => self.write(&step),
            Step::Deliver(which, delivery) => bus.deliver(which, delivery),
            Step::BeginRead(which) => store.begin(which),
            Step::EndRead(which) => store.end(which),
            Step::LoseRead(which) => {
                store.lose(which);
                // Where a render fails, the last frame that there is stays.
                self.tabs.iter_mut().for_each(Tab::may_begin_with_older);
            }
            Step::Visit => self.visit(),
            Step::Connect(tab) => {
                self.tabs[tab].connect(hub);
                if bus.on_the_way() > 0 {
                    self.tabs[tab].may_begin_with_older();
                }
            }
            Step::Disconnect(tab) => self.tabs[tab].disconnect(),
            Step::Leave(tab) => drop(self.tabs.remove(tab)),
            Step::Read(tab) => self.read(tab),
            Step::Wait(time) => sleep(Duration::from_millis(time)).await,
            Step::Crash => self.crash(),
            Step::Restart => self.restart(),
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

    fn write(&mut self, step: &Step) {
        let kept = self.kept();
        let store = &self.process().store;
        if let Step::Group(writes) = *step {
            store.begin_group(writes);
        } else {
            store.go_on();
        }
        let announced = store.place() == Some(Place::Announced);
        if !matches!(step, Step::Answer) && self.kept() > kept {
            self.wrong.get_or_insert("somebody is answered before the commit is announced".to_owned());
        }
        if announced {
            self.record();
        }
    }

    /// How many commands were answered with success.
    fn kept(&self) -> usize {
        self.sent.lock().unwrap().values().filter(|sent| sent.kept == Some(true)).count()
    }

    fn record(&mut self) {
        let process = self.process.as_ref().expect("a process runs");
        self.past.record(process);
    }

    /// A tab reads. What it shows then was true once, and not only before what it showed.
    fn read(&mut self, number: usize) {
        let tab = &mut self.tabs[number];
        let Some((id, markup)) = tab.read() else { return };
        let seen = tab.seen.get(&id).map_or(0, |seen| seen.commit);
        if let Some(commit) = self.past.find(seen, &tab.viewer, &id, &markup) {
            tab.seen.insert(id, Seen { commit, live: true });
        } else {
            let wrong =
                format!("tab {number} shows {markup}, which was not true after commit {seen} or a later one");
            self.wrong.get_or_insert(wrong);
        }
        self.story.push(markup);
    }

    /// A page is painted; its stream is opened later.
    fn visit(&mut self) {
        if self.tabs.len() == MOST_TABS {
            return;
        }
        let viewer = Viewer::with_id(VIEWERS[self.dice.below(VIEWERS.len())]);
        let regions = page(&mut self.dice);
        let lost = (self.bug == Some(Bug::LostWake)).then(|| self.dice.below(8));
        let coding = CODINGS[self.dice.below(CODINGS.len())];
        let screen = self.truth(&viewer, &regions);
        self.tabs.push(Tab::new(viewer, regions, (screen, self.past.now()), coding, lost));
    }

    /// What a page shows that is painted now.
    pub(crate) fn truth(&self, viewer: &Viewer, regions: &[Embed]) -> BTreeMap<String, String> {
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

    /// The process says goodbye and finishes what it was asked; the next one starts on the same file.
    fn restart(&mut self) {
        self.process().hub.shut_down();
        for (number, tab) in self.tabs.iter_mut().enumerate() {
            if !tab.reads_to_the_end() {
                self.wrong.get_or_insert(format!("tab {number} does not hear that its stream ends"));
                tab.disconnect();
            }
        }
        while let Some(step) = self.write_on() {
            self.story.push(format!("{step:?}"));
            self.write(&step);
        }
        if let Some(process) = self.process.take() {
            process.end();
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
