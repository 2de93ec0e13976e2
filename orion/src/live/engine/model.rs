//! The engine against a model of everything around it: a store of counters, and regions that read some of them depending
//! on the others. Whatever happens in whatever order, in the end every stream shows exactly the truth.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use proptest::prelude::*;

use super::*;
use crate::decl::Region;
use crate::live::Args;
use crate::topic::{Key, Topic};
use crate::viewer::Present;

const SHARED: Region = Region::new("model", "shared", |_| unreachable!());
const MINE: Region = Region::new("model", "mine", |_| unreachable!()).personal();
const WHO: Region = Region::new("model", "who", |_| unreachable!()).present();
const WE: Region = Region::new("model", "we", |_| unreachable!()).personal().present();

/// The last one is the first one's other half: a table that is watched by its key, which is 1 or 2.
const TABLES: [&str; 5] = ["a", "b", "c", "d", "a"];
const HALVES: [usize; 2] = [0, 4];
const VIEWERS: [&str; 3] = ["ada", "bob", "eve"];

fn regions() -> [Embed; 5] {
    let shared = |id: i64| Embed::new(&SHARED, Args::new(&(id,)));
    [
        shared(1),
        shared(2),
        Embed::new(&MINE, Args::none()),
        Embed::new(&WHO, Args::none()),
        Embed::new(&WE, Args::none()),
    ]
}

/// Something that happens. Numbers choose among what there is.
#[derive(Debug, Clone)]
enum Event {
    Open {
        viewer: usize,
        regions: u8,
    },
    Close(usize),
    /// Something is committed …
    Commit(u8),
    /// … and the oldest commit that is not announced yet is, once or twice.
    Announce {
        twice: bool,
    },
    Gap,
    /// A render begins …
    Begin,
    /// … reads the store …
    Read(usize),
    /// … and ends well, or fails after so many reads.
    End(usize, Option<usize>),
    Take(usize),
    Wait(u64),
}

fn event() -> impl Strategy<Value = Event> {
    let which = 0..64usize;
    prop_oneof![
        3 => (0..VIEWERS.len(), 1..32u8).prop_map(|(viewer, regions)| Event::Open { viewer, regions }),
        2 => which.clone().prop_map(Event::Close),
        5 => (1..32u8).prop_map(Event::Commit),
        5 => any::<bool>().prop_map(|twice| Event::Announce { twice }),
        1 => Just(Event::Gap),
        6 => Just(Event::Begin),
        4 => which.clone().prop_map(Event::Read),
        6 => (which.clone(), prop::option::weighted(0.3, 0..4usize)).prop_map(|(at, fail)| Event::End(at, fail)),
        5 => which.prop_map(Event::Take),
        3 => (1..40u64).prop_map(Event::Wait),
    ]
}

/// The half of the table that has this key.
fn half(at: usize) -> Topic {
    Topic::keyed(TABLES[at], Key::integer(if at == HALVES[0] { 1 } else { 2 }))
}

/// What a commit announces that changed these tables: keys, where they are not all there are.
fn announced(tables: &BTreeSet<usize>) -> Topics {
    let whole = HALVES.iter().all(|half| tables.contains(half));
    let name = |at: &usize| match at {
        at if HALVES.contains(at) && !whole => half(*at),
        at => Topic::table(TABLES[*at]),
    };
    tables.iter().map(name).collect()
}

/// What the truth is made of.
#[derive(Clone, Default)]
struct World {
    counters: [u64; TABLES.len()],
    /// The streams: who, and which regions.
    open: BTreeMap<StreamId, (Viewer, Vec<Embed>)>,
}

impl World {
    fn present(&self, embed: &Embed) -> Present {
        let subject = Subject::shared(embed);
        let looks = |regions: &Vec<Embed>| regions.iter().any(|region| Subject::shared(region) == subject);
        let viewers: BTreeSet<_> = self
            .open
            .values()
            .filter(|(_, regions)| looks(regions))
            .map(|(viewer, _)| viewer.clone())
            .collect();
        Present(viewers.into_iter().collect())
    }

    /// What a region shows, and what was read for it in order.
    fn render(&self, subject: &Subject, present: &Present) -> (String, Vec<Topic>) {
        let mut text = key(subject);
        let mut reads = Vec::new();
        let mut read = |table: usize| {
            reads.push(Topic::table(TABLES[table]));
            self.counters[table]
        };
        match subject.embed().region.name {
            "shared" => {
                let (key,): (usize,) = subject.embed().args.read().unwrap();
                let a = self.counters[HALVES[key - 1]];
                reads.push(half(HALVES[key - 1]));
                let mut read = |table: usize| {
                    reads.push(Topic::table(TABLES[table]));
                    self.counters[table]
                };
                let other = if a % 2 == 1 { read(1) } else { read(2) };
                let _ = write!(text, "{a} {other}");
            }
            // Does not show every change of what it reads.
            "mine" => {
                let d = read(3) / 3;
                let _ =
                    write!(text, "{d} {}", if d % 2 == 1 { read(0) + self.counters[HALVES[1]] } else { 0 });
            }
            _ => {
                let _ = write!(text, "{:?} {}", present, read(3));
            }
        }
        (text, reads)
    }

    fn truth(&self, subject: &Subject) -> String {
        let embed = subject.embed();
        let present = if embed.region.present { self.present(embed) } else { Present::default() };
        self.render(subject, &present).0
    }
}

/// How every frame of a subject begins.
fn key(subject: &Subject) -> String {
    format!("{} {:?}|", subject.embed(), subject.viewer())
}

struct Running {
    job: Job,
    read: Option<(String, Vec<Topic>)>,
}

/// A tab: what its regions show, and since when in history that may have been true.
struct Tab {
    id: StreamId,
    shown: BTreeMap<String, (Bytes, usize)>,
    opened: usize,
}

struct Model {
    engine: Engine,
    now: u64,
    world: World,
    /// Every world there was.
    history: Vec<World>,
    unannounced: VecDeque<Topics>,
    running: Vec<Running>,
    tabs: Vec<Tab>,
    /// Commits are announced at once, renders read at once and do not fail: then every single frame can be judged.
    orderly: bool,
}

impl Model {
    fn new(orderly: bool) -> Self {
        Self {
            engine: Engine::new(16),
            now: 0,
            world: World::default(),
            history: vec![World::default()],
            unannounced: VecDeque::new(),
            running: Vec::new(),
            tabs: Vec::new(),
            orderly,
        }
    }

    fn happen(&mut self, event: &Event) {
        match *event {
            Event::Open { viewer, regions: mask } => {
                let viewer = Viewer::with_id(VIEWERS[viewer]);
                let chosen = regions().into_iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0);
                let chosen: Vec<_> = chosen.map(|(_, embed)| embed).collect();
                let id = self.engine.open(&viewer, &chosen);
                self.world.open.insert(id, (viewer, chosen));
                self.history.push(self.world.clone());
                self.tabs.push(Tab { id, shown: BTreeMap::new(), opened: self.history.len() - 1 });
            }
            Event::Close(at) => {
                if let Some(at) = at.checked_rem(self.tabs.len()) {
                    let tab = self.tabs.remove(at);
                    self.world.open.remove(&tab.id);
                    self.engine.close(tab.id);
                    self.history.push(self.world.clone());
                }
            }
            Event::Commit(mask) => {
                let tables = (0..TABLES.len()).filter(|table| mask & (1 << table) != 0);
                let topics = announced(&tables.clone().collect());
                tables.for_each(|table| self.world.counters[table] += 1);
                self.history.push(self.world.clone());
                self.unannounced.push_back(topics);
                if self.orderly {
                    self.announce(false);
                }
            }
            Event::Announce { twice } => self.announce(twice),
            Event::Gap => self.engine.gap(),
            Event::Begin => self.begin(),
            Event::Read(at) => {
                if let Some(at) = at.checked_rem(self.running.len()) {
                    self.read(at);
                }
            }
            Event::End(at, fail) => {
                if let Some(at) = at.checked_rem(self.running.len()) {
                    self.end(at, fail.filter(|_| !self.orderly));
                }
            }
            Event::Take(at) => {
                if let Some(at) = at.checked_rem(self.tabs.len()) {
                    self.take(at);
                }
            }
            Event::Wait(time) => self.now += time,
        }
    }

    fn announce(&mut self, twice: bool) {
        let Some(topics) = self.unannounced.pop_front() else { return };
        self.engine.changed(&topics);
        if twice {
            self.engine.changed(&topics);
        }
    }

    fn begin(&mut self) {
        let Some(job) = self.engine.next(self.now) else { return };
        assert!(self.running.iter().all(|other| other.job.cell != job.cell), "renders of a cell overlap");
        self.running.push(Running { job, read: None });
        if self.orderly {
            self.read(self.running.len() - 1);
        }
    }

    fn read(&mut self, at: usize) {
        let Running { job, read } = &mut self.running[at];
        read.get_or_insert_with(|| self.world.render(&job.subject, &job.present));
    }

    fn end(&mut self, at: usize, fail: Option<usize>) {
        self.read(at);
        let Running { job, read } = self.running.remove(at);
        let (text, reads) = read.unwrap();
        let outcome = match fail {
            Some(count) => {
                Outcome { result: Err("no".into()), reads: reads.into_iter().take(count).collect() }
            }
            None => Outcome { result: Ok(text.into()), reads: reads.into_iter().collect() },
        };
        let woken = self.engine.rendered(job.cell, outcome, self.now);
        assert!(woken.iter().all(|id| self.world.open.contains_key(id)), "a closed stream is woken");
    }

    fn take(&mut self, at: usize) {
        let tab = &mut self.tabs[at];
        let (viewer, regions) = &self.world.open[&tab.id];
        while let Some(frame) = self.engine.take(tab.id) {
            let frame = frame.bytes().clone();
            let text = std::str::from_utf8(&frame).unwrap().to_owned();
            let subjects = regions.iter().map(|embed| Subject::new(embed, viewer));
            let subject = subjects.into_iter().find(|subject| text.starts_with(&key(subject)));
            let subject = subject.unwrap_or_else(|| panic!("{viewer:?} never asked for {text}"));
            let before = tab.shown.get(&key(&subject));
            // The same text may come back after another one that was skipped; the same frame may not.
            assert!(
                before.is_none_or(|(before, _)| before.as_ptr() != frame.as_ptr()),
                "{text} is sent twice"
            );
            let since = before.map_or(tab.opened, |&(_, since)| since);
            let mut true_at = since;
            if self.orderly {
                let found = (since..self.history.len()).find(|&at| self.history[at].truth(&subject) == text);
                true_at = found.unwrap_or_else(|| panic!("{text} is older than what {viewer:?} saw before"));
            }
            tab.shown.insert(key(&subject), (frame, true_at));
        }
    }

    /// Lets everything come to rest.
    fn settle(&mut self) {
        while !self.unannounced.is_empty() {
            self.announce(false);
        }
        loop {
            while !self.running.is_empty() {
                self.end(0, None);
            }
            let Some(due) = self.engine.due() else { break };
            self.now = self.now.max(due);
            self.begin();
        }
        for at in 0..self.tabs.len() {
            self.take(at);
        }
    }

    fn assert_true(&self) {
        for tab in &self.tabs {
            let (viewer, regions) = &self.world.open[&tab.id];
            let truths: BTreeMap<_, _> = regions
                .iter()
                .map(|embed| Subject::new(embed, viewer))
                .map(|subject| (key(&subject), Bytes::from(self.world.truth(&subject))))
                .collect();
            let shown: BTreeMap<_, _> =
                tab.shown.iter().map(|(key, (frame, _))| (key.clone(), frame.clone())).collect();
            assert_eq!(shown, truths);
        }
    }

    /// Closes everything and looks for what was left behind.
    fn assert_clean(&mut self) {
        for tab in std::mem::take(&mut self.tabs) {
            self.engine.close(tab.id);
        }
        assert_eq!((self.engine.cells(), self.engine.streams()), (0, 0));
        assert!(self.engine.names.is_empty() && self.engine.rendering.is_empty());
        assert_eq!(self.engine.due(), None);
        assert!(self.engine.readers.of(&TABLES.map(Topic::table).into()).is_empty());
    }
}

fn run(orderly: bool, events: &[Event]) {
    let mut model = Model::new(orderly);
    for event in events {
        model.happen(event);
    }
    model.settle();
    model.assert_true();
    model.assert_clean();
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_the_end_every_stream_shows_the_truth(events in prop::collection::vec(event(), 0..150)) {
        run(false, &events);
    }

    #[test]
    fn no_stream_ever_steps_back_behind_its_page(events in prop::collection::vec(event(), 0..150)) {
        run(true, &events);
    }
}

#[test]
fn a_frame_is_shared_and_not_copied() {
    let mut engine = Engine::new(16);
    let embed = Embed::new(&WHO, Args::none());
    let tabs = [(); 2].map(|()| engine.open(&Viewer::with_id("ada"), std::slice::from_ref(&embed)));
    let job = engine.next(0).unwrap();
    engine.rendered(
        job.cell,
        Outcome { result: Ok(Bytes::from("frame".to_owned())), reads: Topics::new() },
        0,
    );
    let [one, two] = tabs.map(|tab| engine.take(tab).unwrap());
    assert!(Arc::ptr_eq(&one, &two));
}
