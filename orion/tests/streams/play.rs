//! A script, one byte after the other: what happens to the streams of one hub.

use std::fmt;
use std::ops::AddAssign;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use orion::Viewer;
use orion::live::{Hub, Options};
use tokio::runtime::Builder;
use tokio::task::unconstrained;
use tokio::time::advance;

use crate::regions::{page, shows_who_is_there};
use crate::store::{Counting, TABLES};
use crate::tab::{Read, Tab};

const VIEWERS: [&str; 3] = ["ada", "bob", "eve"];
const MOST_TABS: usize = 8;

/// What there was of it.
#[derive(Default)]
pub(crate) struct Played {
    tabs: usize,
    events: usize,
    pub(crate) text: usize,
    pub(crate) gzip: usize,
    pub(crate) br: usize,
}

impl AddAssign for Played {
    fn add_assign(&mut self, other: Self) {
        let Self { tabs, events, text, gzip, br } = other;
        self.tabs += tabs;
        self.events += events;
        self.text += text;
        self.gzip += gzip;
        self.br += br;
    }
}

impl fmt::Display for Played {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tabs, events, text, gzip, br } = self;
        write!(f, "{tabs} tabs, {events} events, {text} bytes of text in {gzip} (gzip) and {br} (br)")
    }
}

/// Plays a script to its end, then reads every stream to its own.
pub(crate) fn play(script: &[u8]) -> Played {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    // In one task that everything is polled in, a timer would be put off when it was asked too often.
    runtime.block_on(unconstrained(async {
        let mut player = Player::new(script);
        player.open().await;
        player.open().await;
        while player.step().await {}
        player.end();
        player.played
    }))
}

struct Player<'a> {
    script: std::slice::Iter<'a, u8>,
    store: Arc<Counting>,
    hub: Arc<Hub>,
    tabs: Vec<Tab>,
    played: Played,
}

impl<'a> Player<'a> {
    fn new(script: &'a [u8]) -> Self {
        let store = Counting::new();
        let mut script = script.iter();
        // Some hubs forget what those that lag have received.
        let kept = script.next().map_or(0, |&byte| usize::from(byte) << 6);
        let mut options = Options::default();
        options.kept = kept;
        let hub = Hub::new(Arc::clone(&store) as _, &store.bus, options);
        Self { script, store, hub, tabs: Vec::new(), played: Played::default() }
    }

    /// The next byte of the script; zeros behind its end.
    fn byte(&mut self) -> u8 {
        self.script.next().copied().unwrap_or(0)
    }

    fn choose(&mut self, count: usize) -> usize {
        usize::from(self.byte()) % count.max(1)
    }

    async fn step(&mut self) -> bool {
        let Some(step) = self.script.next() else { return false };
        match step % 16 {
            0 => self.open().await,
            1 => self.close(),
            2..=5 => {
                let table = self.choose(TABLES.len());
                self.store.commit(table);
            }
            6 => {
                let which = self.choose(usize::MAX);
                self.store.read_one(which);
            }
            7..=8 => self.read_all(),
            9 => {
                let tab = self.choose(self.tabs.len());
                self.take(tab, 1);
            }
            10..=12 => {
                for tab in 0..self.tabs.len() {
                    self.take(tab, 20);
                }
            }
            13 => self.tell(),
            14 => advance(Duration::from_millis(u64::from(self.byte() % 64))).await,
            _ => advance(Duration::from_secs(15)).await,
        }
        true
    }

    async fn open(&mut self) {
        let (viewer, bits, big) = (self.choose(VIEWERS.len()), self.byte(), self.byte());
        if self.tabs.len() == MOST_TABS {
            return;
        }
        let tab = Tab::open(&self.hub, &Viewer::with_id(VIEWERS[viewer]), &page(bits, big));
        // The three do not come at the same moment, and a region may show that: each might begin with another frame of it.
        if shows_who_is_there(bits) {
            for _ in 0..4 {
                advance(Duration::from_millis(16)).await;
                self.read_all();
            }
        }
        self.played.tabs += 1;
        self.tabs.push(tab);
    }

    fn close(&mut self) {
        let tab = self.choose(self.tabs.len());
        if tab < self.tabs.len() {
            self.tabs.remove(tab);
        }
    }

    fn read_all(&self) {
        while self.store.read_one(0) {}
    }

    /// Something that one viewer is told: nothing, something small, or something long.
    fn tell(&mut self) {
        let (viewer, length) = (self.choose(VIEWERS.len()), self.byte());
        let event = match length {
            0..16 => String::new(),
            16..128 => format!("event: letter\ndata: {length}\n\n"),
            128.. => format!("event: letter\ndata: {}\n\n", "long ".repeat(usize::from(length))),
        };
        self.hub.tell(&Viewer::with_id(VIEWERS[viewer]), &Bytes::from(event));
    }

    fn take(&mut self, tab: usize, most: usize) {
        let Some(tab) = self.tabs.get_mut(tab) else { return };
        for _ in 0..most {
            let Read::Event(text, [gzip, br]) = tab.read() else { return };
            self.played += Played { tabs: 0, events: 1, text, gzip, br };
        }
    }

    fn end(&mut self) {
        self.hub.shut_down();
        for tab in &mut self.tabs {
            assert!(matches!(tab.read(), Read::End));
        }
        self.tabs.clear();
        // Reads that never ran would keep the hub, which keeps the store, which keeps them.
        self.read_all();
        assert_eq!((self.hub.streams(), self.hub.cells()), (0, 0));
    }
}
