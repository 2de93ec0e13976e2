//! The shelf: keeps the texts that were sent lately, because histories only name them.
//!
//! So what a stream that does not get on holds fast is bounded, however many there are: once a text has gone, whoever has
//! it for a dictionary is sent the next frame whole.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::frame::Text;

/// How much is kept, in bytes …
const MOST_BYTES: usize = 16 << 20;
/// … and how many texts, because small ones cost something too.
const MOST_TEXTS: usize = 4096;

#[derive(Default)]
pub(super) struct Shelf(Mutex<Texts>);

#[derive(Default)]
struct Texts {
    texts: VecDeque<Arc<Text>>,
    bytes: usize,
}

impl Shelf {
    /// Keeps a text that some history names. Every call throws away more than it brings of what no history names, so that
    /// little is left when streams have gone.
    pub(super) fn keep(&self, text: &Arc<Text>) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..2 {
            if let Some(oldest) = shelf.pop()
                && Arc::weak_count(&oldest) > 0
            {
                shelf.push(oldest);
            }
        }
        shelf.push(Arc::clone(text));
        while shelf.bytes > MOST_BYTES || shelf.texts.len() > MOST_TEXTS {
            shelf.pop();
        }
    }
}

impl Texts {
    fn push(&mut self, text: Arc<Text>) {
        self.bytes += text.bytes.len();
        self.texts.push_back(text);
    }

    fn pop(&mut self) -> Option<Arc<Text>> {
        let text = self.texts.pop_front()?;
        self.bytes -= text.bytes.len();
        Some(text)
    }
}

#[cfg(test)]
mod tests;
