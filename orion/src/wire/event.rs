//! Datastar's events, version 1.0: what a server can tell a page.
//!
//! Fields are written in the order of the official SDK's decision record, `event`, `id`, `retry`, `data`, and only where
//! they differ from what the client assumes.

mod elements;
mod script;
mod signals;

use std::borrow::Cow;
use std::time::Duration;

pub use elements::{Mode, Namespace, PatchElements};
pub use script::ExecuteScript;
pub use signals::PatchSignals;

use super::encode::{self, Buffer, Encode};

/// The name that both patches of elements and scripts go by.
const PATCH_ELEMENTS: &str = "datastar-patch-elements";
/// The name of a patch of signals.
const PATCH_SIGNALS: &str = "datastar-patch-signals";
/// The wait that a client assumes, never written.
const DEFAULT_RETRY: Duration = Duration::from_secs(1);

/// Any of Datastar's events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event<'a> {
    /// Changes the document.
    PatchElements(PatchElements<'a>),
    /// Changes signals.
    PatchSignals(PatchSignals<'a>),
    /// Runs a script.
    ExecuteScript(ExecuteScript<'a>),
    /// Changes nothing.
    Notice(Notice<'a>),
    /// Sets the wait before a reconnection.
    Retry(Retry),
}

impl Encode for Event<'_> {
    fn encode_into(&self, out: &mut impl Buffer) {
        match self {
            Self::PatchElements(event) => event.encode_into(out),
            Self::PatchSignals(event) => event.encode_into(out),
            Self::ExecuteScript(event) => event.encode_into(out),
            Self::Notice(event) => event.encode_into(out),
            Self::Retry(event) => event.encode_into(out),
        }
    }
}

impl<'a> From<PatchElements<'a>> for Event<'a> {
    fn from(event: PatchElements<'a>) -> Self {
        Self::PatchElements(event)
    }
}
impl<'a> From<PatchSignals<'a>> for Event<'a> {
    fn from(event: PatchSignals<'a>) -> Self {
        Self::PatchSignals(event)
    }
}
impl<'a> From<ExecuteScript<'a>> for Event<'a> {
    fn from(event: ExecuteScript<'a>) -> Self {
        Self::ExecuteScript(event)
    }
}
impl<'a> From<Notice<'a>> for Event<'a> {
    fn from(event: Notice<'a>) -> Self {
        Self::Notice(event)
    }
}
impl From<Retry> for Event<'_> {
    fn from(event: Retry) -> Self {
        Self::Retry(event)
    }
}

/// An event that changes nothing: the page only sees a `datastar-fetch` DOM event of its name. A heartbeat, for one.
///
/// ```
/// use orion::wire::{Encode, Notice};
/// assert_eq!(Notice::PING.encode(), "event: datastar-ping\n\n");
/// assert_eq!(Notice::new("build").saying("id", "7f").encode(), "event: datastar-build\ndata: id 7f\n\n");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice<'a> {
    name: Cow<'a, str>,
    data: Vec<(&'a str, Cow<'a, str>)>,
}

impl<'a> Notice<'a> {
    /// The heartbeat that a page's watchdog waits for.
    pub const PING: Notice<'static> = Notice { name: Cow::Borrowed("ping"), data: Vec::new() };

    /// The notice `datastar-NAME`. Line breaks are taken out of the name.
    pub fn new(name: impl Into<Cow<'a, str>>) -> Self {
        Self { name: encode::id(name.into()), data: Vec::new() }
    }

    /// Adds what the DOM event has as `detail.argsRaw.KEY`. The key holds neither blanks nor line breaks.
    #[must_use]
    pub fn saying(mut self, key: &'a str, value: impl Into<Cow<'a, str>>) -> Self {
        self.data.push((key, value.into()));
        self
    }
}

impl Encode for Notice<'_> {
    fn encode_into(&self, out: &mut impl Buffer) {
        encode::line(out, "event: datastar-", &self.name);
        for (key, value) in &self.data {
            encode::data(out, &format!("{key} "), value);
        }
        out.put("\n");
    }
}

/// How long a client waits before it reconnects: at least 1 ms, at most 2³¹ − 1 ms. A random one on each stream keeps clients
/// from coming back all at once.
///
/// ```
/// use orion::wire::{Encode, Retry};
/// assert_eq!(Retry(std::time::Duration::from_millis(840)).encode(), "retry: 840\n\n");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retry(pub Duration);

impl Encode for Retry {
    fn encode_into(&self, out: &mut impl Buffer) {
        encode::retry(out, self.0);
        out.put("\n");
    }
}

/// The fields that every event can have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Head<'a> {
    id: Option<Cow<'a, str>>,
    retry: Option<Duration>,
}

impl Head<'_> {
    fn encode_into(&self, name: &str, out: &mut impl Buffer) {
        encode::line(out, "event: ", name);
        if let Some(id) = &self.id {
            encode::line(out, "id: ", id);
        }
        if let Some(wait) = self.retry.filter(|wait| *wait != DEFAULT_RETRY) {
            encode::retry(out, wait);
        }
    }
}
