//! The world around one application: processes one after the other, tabs, commands, and a seed that says what happens next.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use orion::Viewer;
use orion::live::{Coding, Embed, element_id};
use orion::store::Store as _;
use tempfile::TempDir;
use tokio::time::sleep;

use crate::bug::Bug;
use crate::commands::Commands;
use crate::dice::Dice;
use crate::notes::{VIEWERS, page};
use crate::past::Past;
use crate::process::{Process, folder};
use crate::step::Step;
use crate::tab::{Seen, Tab};
use crate::writer::Place;

const CODINGS: [Coding; 3] = [Coding::Identity, Coding::Gzip, Coding::Br];
const MOST_TABS: usize = 6;

pub(crate) struct World<'a> {
    pub(crate) dice: Dice,
    pub(crate) bug: Option<Bug>,
    folder: TempDir,
    /// `None` only while the next one starts.
    pub(crate) process: Option<Process>,
    pub(crate) tabs: Vec<Tab>,
    past: Past,
    pub(crate) commands: Commands,
    /// What was not as it should be, before all came to rest.
    pub(crate) wrong: Option<String>,
    story: &'a mut Vec<String>,
}

impl<'a> World<'a> {
    /// A process, and nobody there.
    pub(crate) fn new(seed: u64, bug: Option<Bug>, story: &'a mut Vec<String>) -> Self {
        let (mut dice, folder) = (Dice::new(seed), folder());
        let process = Some(Process::start(folder.path(), &mut dice, bug));
        let mut world = Self {
            dice,
            bug,
            folder,
            process,
            tabs: Vec::new(),
            past: Past::default(),
            commands: Commands::default(),
            wrong: None,
            story,
        };
        world.record();
        world
    }

    pub(crate) fn process(&self) -> &Process {
        self.process.as_ref().expect("a process runs")
    }

    pub(crate) async fn happen(&mut self, step: Step) {
        self.story.push(step.to_string());
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
            Step::Tell => {
                let viewer = VIEWERS[self.dice.below(VIEWERS.len())];
                hub.tell(&Viewer::with_id(viewer), &Bytes::from_static(b"event: letter\ndata: hello\n\n"));
                self.tell(viewer);
            }
            Step::Wait(time) => sleep(Duration::from_millis(time)).await,
            Step::Crash => self.crash(),
            Step::Restart => self.restart(),
        }
    }

    /// Tells what was seen of the last step.
    fn tell(&mut self, what: &str) {
        self.story.push(format!("    {what}"));
    }

    fn send(&mut self) {
        let (words, write) = self.commands.send(&mut self.dice);
        self.tell(&words);
        self.process().store.write(write);
    }

    fn write(&mut self, step: &Step) {
        let kept = self.commands.kept();
        let store = &self.process().store;
        if let Step::Group(writes) = *step {
            store.begin_group(writes);
        } else {
            store.go_on();
        }
        let announced = store.place() == Some(Place::Announced);
        if !matches!(step, Step::Answer) && self.commands.kept() > kept {
            self.wrong.get_or_insert("somebody is answered before the commit is announced".to_owned());
        }
        if announced {
            self.record();
            self.tell(&format!("commit {} is announced", self.past.now()));
        }
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
        self.tell(&format!("tab {number} shows {markup}"));
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
        let number = self.tabs.len();
        self.tell(&format!("tab {number} of {}, {coding:?}, is painted: {}", viewer.id(), listed(&screen)));
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
        self.commands.process_dies();
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
            self.story.push(step.to_string());
            self.write(&step);
        }
        if let Some(process) = self.process.take() {
            process.end();
        }
        self.process = Some(Process::start(self.folder.path(), &mut self.dice, self.bug));
    }

    /// Nobody is there any more, and the process ends.
    pub(crate) fn end(mut self) {
        self.tabs.clear();
        if let Some(process) = self.process.take() {
            process.end();
        }
    }
}

fn listed(screen: &BTreeMap<String, String>) -> String {
    screen.values().map(String::as_str).collect::<Vec<_>>().join(" ")
}
