//! The bus: carries "this changed" from commits to every engine that may show it. A seam: names no adapter.

use std::sync::RwLock;

use crate::topic::Topics;

/// What a subscriber hears.
#[derive(Debug, Clone, Copy)]
pub enum Heard<'a> {
    /// These topics changed.
    Changed(&'a Topics),
    /// Something may have been lost: everything may have changed.
    Gap,
}

/// A subscriber. Called on the publisher's thread or on one of the adapter's: it must return soon and not block.
pub type Hear = Box<dyn Fn(Heard<'_>) + Send + Sync>;

/// Carries topics. Delivery is at least once while connected; an adapter that may have lost something says
/// [`Heard::Gap`]. Order and repetition do not matter, because an event carries no state.
pub trait Bus: Send + Sync + 'static {
    /// Announces topics to every subscriber, this process's own included.
    fn publish(&self, topics: &Topics);

    /// Adds a subscriber for the rest of the bus's life.
    fn subscribe(&self, hear: Hear);
}

/// The bus of a single process: publishing calls the subscribers.
#[derive(Default)]
pub struct InProcess {
    subscribers: RwLock<Vec<Hear>>,
}

impl Bus for InProcess {
    fn publish(&self, topics: &Topics) {
        if topics.is_empty() {
            return;
        }
        // A subscriber that panicked must not silence the bus: its own thread reported it.
        for hear in &*self.subscribers.read().unwrap_or_else(std::sync::PoisonError::into_inner) {
            hear(Heard::Changed(topics));
        }
    }

    fn subscribe(&self, hear: Hear) {
        self.subscribers.write().unwrap_or_else(std::sync::PoisonError::into_inner).push(hear);
    }
}
