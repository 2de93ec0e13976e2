//! What happens next: one of all the things that can, by the dice.

use std::fmt;

use crate::bus::Delivery;
use crate::world::World;
use crate::writer::Place;

/// Something that can happen now. Numbers choose among what there is.
#[derive(Debug)]
pub(crate) enum Step {
    Command,
    /// So many writes are given to the store at once.
    Group(usize),
    Commit,
    Answer,
    Deliver(usize, Delivery),
    BeginRead(usize),
    EndRead(usize),
    LoseRead(usize),
    Visit,
    Connect(usize),
    Disconnect(usize),
    Leave(usize),
    Read(usize),
    Tell,
    Wait(u64),
    Crash,
    Restart,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Command => write!(f, "a command is sent"),
            Self::Group(writes) => write!(f, "{writes} writes are given to the store"),
            Self::Commit => write!(f, "the group is committed"),
            Self::Answer => write!(f, "the group is answered"),
            Self::Deliver(which, delivery) => write!(f, "topics arrive, number {which}: {delivery:?}"),
            Self::BeginRead(which) => write!(f, "a read begins, number {which}"),
            Self::EndRead(which) => write!(f, "a read ends, number {which}"),
            Self::LoseRead(which) => write!(f, "a read is lost, number {which}"),
            Self::Visit => write!(f, "somebody visits"),
            Self::Connect(tab) => write!(f, "tab {tab} opens its stream"),
            Self::Disconnect(tab) => write!(f, "tab {tab} loses its stream"),
            Self::Leave(tab) => write!(f, "tab {tab} is closed; those behind it move up"),
            Self::Read(tab) => write!(f, "tab {tab} reads"),
            Self::Tell => write!(f, "somebody is told something"),
            Self::Wait(time) => write!(f, "{time} ms pass"),
            Self::Crash => write!(f, "the process is killed"),
            Self::Restart => write!(f, "the process is restarted"),
        }
    }
}

impl World<'_> {
    /// Whatever can come from outside, or else what goes on with that.
    pub(crate) fn choose(&mut self) -> Step {
        let tab = self.dice.below(self.tabs.len());
        match self.dice.below(64) {
            0..=11 => Step::Command,
            12..=14 => Step::Visit,
            15..=17 if self.tabs.get(tab).is_some_and(|tab| !tab.is_connected()) => Step::Connect(tab),
            18 if tab < self.tabs.len() => Step::Disconnect(tab),
            19 if tab < self.tabs.len() => Step::Leave(tab),
            20 if self.process().store.waiting() > 0 => {
                Step::LoseRead(self.dice.below(self.process().store.waiting()))
            }
            21 => Step::Tell,
            22..=25 => Step::Wait(1 + self.dice.below(60) as u64),
            26 if self.dice.once_in(4) => Step::Restart,
            26 if self.dice.once_in(2) => Step::Crash,
            _ => self.progress().unwrap_or(Step::Command),
        }
    }

    /// One of the steps that only go on with what has begun; `None` when there is nothing left, or something is wrong.
    pub(crate) fn progress(&mut self) -> Option<Step> {
        if self.wrong.is_some() {
            return None;
        }
        let (store, bus) = (&self.process().store, &self.process().bus);
        let writes = usize::from(store.place().is_some() || store.writes() > 0);
        let (topics, waiting, begun) = (bus.on_the_way(), store.waiting(), store.begun());
        let woken: Vec<_> = (0..self.tabs.len()).filter(|&tab| self.tabs[tab].is_woken()).collect();
        let mut which = self.dice.below(writes + topics + waiting + begun + woken.len());
        if which < writes {
            return self.write_on();
        }
        which -= writes;
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

    /// The next step of the writer; `None` when nothing is left to write, or something is wrong.
    pub(crate) fn write_on(&mut self) -> Option<Step> {
        let store = &self.process().store;
        if self.wrong.is_some() {
            return None;
        }
        match (store.place(), store.writes()) {
            (Some(Place::Ran), _) => Some(Step::Commit),
            (Some(_), _) => Some(Step::Answer),
            (None, 0) => None,
            (None, writes) => Some(Step::Group(1 + self.dice.below(writes))),
        }
    }
}
