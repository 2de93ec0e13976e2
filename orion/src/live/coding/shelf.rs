//! The shelf: keeps the texts that were sent lately, because histories only name them.
//!
//! So what a stream that does not get on holds fast is bounded, however many there are: once a text has gone, whoever has
//! it for a dictionary is sent the next frame whole.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::frame::Text;

/// How many texts are kept, however small: they cost something too.
const MOST_TEXTS: usize = 4096;

pub(super) struct Shelf {
    most_bytes: usize,
    texts: Mutex<Texts>,
}

#[derive(Default)]
struct Texts {
    texts: VecDeque<Arc<Text>>,
    bytes: usize,
}

impl Shelf {
    /// A shelf for so many bytes.
    pub(super) fn new(most_bytes: usize) -> Self {
        Self { most_bytes, texts: Mutex::default() }
    }

    /// Keeps a text that some history names. Every call throws away more than it brings of what no history names, so that
    /// little is left when streams have gone.
    pub(super) fn keep(&self, text: &Arc<Text>) {
        let mut kept = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..2 {
            if let Some(oldest) = kept.pop()
                && Arc::weak_count(&oldest) > 0
            {
                kept.push(oldest);
            }
        }
        kept.push(Arc::clone(text));
        while kept.bytes > self.most_bytes || kept.texts.len() > MOST_TEXTS {
            kept.pop();
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
