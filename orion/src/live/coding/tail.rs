//! The tail of what a stream has received: what is worth keeping as a dictionary.
//!
//! It is always an end of the text, because a dictionary has no holes. So what is worth nothing goes only from its front: a
//! text that a later one of the same cell took the place of, and a ping. What one viewer alone has received keeps that
//! viewer from sharing, so it goes too, once there is more behind it that everyone can have. What is left depends on the tail
//! and the new text only: streams with one history have one history after the same text.

use std::collections::VecDeque;
use std::sync::{Arc, Weak};

use super::codec::Codec;
use super::frame::{Source, Text};

/// How many versions of cells a tail holds. A region that does not change for that long costs its whole frame once.
const MOST_FRAMES: usize = 16;

/// How many pings it holds. Streams that opened at different times have different numbers of them, and each number is a
/// history; without a limit, and with a short one, a page that was quiet for long would be expensive when it changes.
const MOST_PINGS: usize = 64;

/// A text by name: the history that holds it does not keep it.
#[derive(Clone)]
pub(super) struct Link {
    pub(super) number: u64,
    source: Source,
    length: usize,
    text: Weak<Text>,
}

impl Link {
    pub(super) fn new(text: &Arc<Text>) -> Self {
        Self {
            number: text.number,
            source: text.source,
            length: text.bytes.len(),
            text: Arc::downgrade(text),
        }
    }

    /// The text, if anybody kept it.
    pub(super) fn text(&self) -> Option<Arc<Text>> {
        self.text.upgrade()
    }

    fn is_ping(&self) -> bool {
        self.source == Source::Ping
    }

    fn is_shared(&self) -> bool {
        matches!(self.source, Source::Cell { personal: false, .. })
    }
}

/// The tail of a stream with this tail that has received `text`: oldest first.
pub(super) fn after(tail: &[Link], text: &Arc<Text>, codec: Codec) -> Vec<Link> {
    let mut links: VecDeque<Link> = tail.iter().cloned().chain([Link::new(text)]).collect();
    while is_front_worthless(&links) || is_too_long(&links, codec) {
        links.pop_front();
    }
    links.into()
}

fn is_front_worthless(links: &VecDeque<Link>) -> bool {
    let Some(front) = links.front() else { return false };
    let mut behind = links.iter().skip(1);
    match front.source {
        Source::Ping => true,
        Source::Cell { .. } if behind.clone().any(|link| link.source == front.source) => true,
        Source::Cell { personal: true, .. } => {
            let shared: usize = behind.by_ref().filter(|link| link.is_shared()).map(|link| link.length).sum();
            shared >= front.length && shared > 0
        }
        Source::Cell { personal: false, .. } => false,
    }
}

/// Half the window is for the tail, so that the next frame finds all of it within reach. The newest text stays: if it is
/// longer, its end is still good for something.
fn is_too_long(links: &VecDeque<Link>, codec: Codec) -> bool {
    if links.len() <= 1 {
        return false;
    }
    let pings = links.iter().filter(|link| link.is_ping()).count();
    let length: usize = links.iter().map(|link| link.length).sum();
    pings > MOST_PINGS || links.len() - pings > MOST_FRAMES || length > codec.window() / 2
}

#[cfg(test)]
mod tests;
