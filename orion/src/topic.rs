//! Topics: the names of what can change. Plain data; knows neither the bus nor the store.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// The name of something that can change: a table, or what a `#[topic]` struct names.
///
/// An event on the bus is a topic and nothing else: it says *this changed*, never what it changed to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Topic(Cow<'static, str>);

impl Topic {
    /// The topic of a table: announced by every commit that wrote the table.
    pub const fn table(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The topic of rows that go from a table, and of keys that change in it: what refers to them from another slice may go too.
    pub fn removed(table: &str) -> Self {
        // Without parentheses: no declared topic is called so.
        Self(Cow::Owned(format!("{table}::removed")))
    }

    /// The topic `slice::name(key)` of a declared topic; `key` is what the struct's fields print, comma-separated.
    pub fn declared(slice: &str, name: &str, key: impl fmt::Display) -> Self {
        // A table name cannot be confused with it: SQLite's own names never hold `::` unless somebody quotes it in.
        Self(Cow::Owned(format!("{slice}::{name}({key})")))
    }

    /// A topic that came over the wire from another process.
    pub fn from_wire(text: impl Into<String>) -> Self {
        Self(Cow::Owned(text.into()))
    }

    /// The text that names the topic on every bus.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Topic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A set of topics: what a render read, or what a commit changed.
pub type Topics = BTreeSet<Topic>;

/// Something that can be published and listened to: implemented by `#[topic]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a topic",
    label = "not a topic",
    note = "declare it in the slice that owns it: `#[topic] pub struct Board(pub i64);`"
)]
pub trait Announce {
    /// The topic that this value names.
    fn topic(&self) -> Topic;
}
