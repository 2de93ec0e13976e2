//! Topics: the names of what can change. Plain data; knows neither the bus nor the store.

mod changed;
mod key;
mod parts;

pub(crate) use changed::Changed;
pub use key::Key;
pub use parts::Parts;

use std::borrow::{Borrow, Cow};
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Bound;

/// Stands between a table and a key of it. No declared topic ends in this and a key: each ends in a parenthesis.
const KEY: &str = "::=";

/// The name of something that can change: a table, the rows of a table that have one key, or what a `#[topic]` struct names.
///
/// An event on the bus is a topic and nothing else: it says *this changed*, never what it changed to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Topic(Cow<'static, str>);

impl Topic {
    /// The topic of a table: announced by every commit that wrote the table.
    pub const fn table(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The topic of the rows of a table that have a key, announced where it is known that a commit wrote no others. Who reads
    /// the whole table hears it too, and who reads these rows hears the table's.
    pub fn keyed(table: &str, key: Key) -> Self {
        Self(Cow::Owned(format!("{table}{KEY}{key}")))
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

    /// The table, where this names rows of it by their key.
    pub(crate) fn whole(&self) -> Option<&str> {
        let (table, key) = self.0.rsplit_once(KEY)?;
        let is_key = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        key.bytes().all(is_key).then_some(table)
    }

    /// What the topics of all keys begin with, where this names a table.
    pub(crate) fn keys(&self) -> String {
        format!("{}{KEY}", self.0)
    }

    /// Whether a change of this is one of something that is read.
    pub(crate) fn touches(&self, reads: &Topics) -> bool {
        let keys = || {
            let prefix = self.keys();
            let next = reads.range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded)).next();
            next.is_some_and(|topic| topic.0.starts_with(&prefix))
        };
        reads.contains(self) || self.whole().is_some_and(|table| reads.contains(table)) || keys()
    }
}

impl Borrow<str> for Topic {
    fn borrow(&self) -> &str {
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

/// More topics than this in one commit are too many to carry around: a group of writes, each of which touches few keys, has fewer.
const MOST: usize = 10_000;

/// The same topics, or where they are too many the whole tables in place of their keys.
fn condensed(topics: Topics) -> Topics {
    if topics.len() <= MOST {
        return topics;
    }
    let table = |topic: Topic| match topic.whole() {
        Some(table) => Topic(Cow::Owned(table.to_owned())),
        None => topic,
    };
    topics.into_iter().map(table).collect()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn touches(changed: &Topic, read: Topic) -> bool {
        changed.touches(&Topics::from([Topic::table("a"), read, Topic::table("z")]))
    }

    #[test]
    fn a_key_is_part_of_its_table_and_of_no_other() {
        let (seven, eight) = (Topic::keyed("cards", Key::integer(7)), Topic::keyed("cards", Key::integer(8)));
        let (cards, others) = (Topic::table("cards"), Topic::keyed("cards2", Key::integer(7)));
        assert!(touches(&seven, seven.clone()));
        assert!(touches(&seven, cards.clone()));
        assert!(touches(&cards, seven.clone()));
        assert!(!touches(&seven, eight));
        assert!(!touches(&seven, others.clone()));
        assert!(!touches(&cards, others));
        assert!(!touches(&cards, Topic::removed("cards")));
    }

    #[test]
    fn only_a_key_of_a_table_is_one() {
        assert_eq!(Topic::keyed("cards", Key::text(b"ada")).whole(), Some("cards"));
        assert_eq!(Topic::keyed("a::=b", Key::integer(-1)).whole(), Some("a::=b"));
        assert_eq!(Topic::declared("boards", "Board", "x::=1").whole(), None);
        assert_eq!(Topic::removed("cards").whole(), None);
        assert_eq!(Topic::table("cards").whole(), None);
    }

    #[test]
    fn very_many_keys_become_their_tables() {
        let keys = (0..10_000).map(|key| Topic::keyed("cards", Key::integer(key)));
        let mut topics: Topics = keys.collect();
        assert_eq!(condensed(topics.clone()), topics);
        topics.insert(Topic::removed("cards"));
        assert_eq!(condensed(topics), Topics::from([Topic::removed("cards"), Topic::table("cards")]));
    }

    #[test]
    fn the_wire_carries_keys() {
        let topic = Topic::keyed("cards", Key::integer(7));
        assert_eq!(Topic::from_wire(topic.as_str()), topic);
        assert_eq!(topic.to_string(), "cards::=7");
    }
}
