//! A queue between callers and worker threads that can be closed. Knows nothing of what it carries.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// First in, first out, up to a limit. Workers sleep while it is empty.
pub(super) struct Queue<T> {
    state: Mutex<State<T>>,
    filled: Condvar,
    limit: usize,
}

struct State<T> {
    items: VecDeque<T>,
    closed: bool,
}

/// An item that was not let in.
#[derive(Debug, PartialEq)]
pub(super) enum Refused<T> {
    /// There are as many as the limit allows.
    Full(T),
    /// [`Queue::close`] was called.
    Closed(T),
}

impl<T> Queue<T> {
    /// An empty queue for at most `limit` items.
    pub(super) fn new(limit: usize) -> Self {
        Self {
            state: Mutex::new(State { items: VecDeque::new(), closed: false }),
            filled: Condvar::new(),
            limit,
        }
    }

    /// Adds an item at the end. Never waits for a worker.
    pub(super) fn push(&self, item: T) -> Result<(), Refused<T>> {
        let mut state = self.state();
        if state.closed {
            return Err(Refused::Closed(item));
        }
        if state.items.len() >= self.limit {
            return Err(Refused::Full(item));
        }
        state.items.push_back(item);
        drop(state);
        self.filled.notify_one();
        Ok(())
    }

    /// Waits for an item; `None` once the queue is closed and empty.
    pub(super) fn pop(&self) -> Option<T> {
        self.filled_or_closed().items.pop_front()
    }

    /// Waits for an item, then moves what is there, at most `most` of it, to the end of `into`. Says `false` once the
    /// queue is closed and empty.
    pub(super) fn take(&self, most: usize, into: &mut VecDeque<T>) -> bool {
        let mut state = self.filled_or_closed();
        if into.is_empty() && state.items.len() <= most {
            // Both allocations stay in use, and the callers' lock is held for an instant only.
            std::mem::swap(into, &mut state.items);
        } else {
            let count = state.items.len().min(most);
            into.extend(state.items.drain(..count));
        }
        !into.is_empty()
    }

    /// How many items wait.
    pub(super) fn len(&self) -> usize {
        self.state().items.len()
    }

    /// Lets nothing more in. What is inside is still handed out.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.filled.notify_all();
    }

    fn filled_or_closed(&self) -> MutexGuard<'_, State<T>> {
        self.filled
            .wait_while(self.state(), |state| state.items.is_empty() && !state.closed)
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        // Nothing in here panics between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::{Queue, Refused};

    #[test]
    fn a_full_queue_gives_the_item_back() {
        let queue = Queue::new(1);
        assert_eq!(queue.push(1), Ok(()));
        assert_eq!(queue.push(2), Err(Refused::Full(2)));
    }

    #[test]
    fn a_closed_queue_hands_out_what_it_holds_and_lets_nothing_in() {
        let queue = Queue::new(9);
        queue.push(1).unwrap();
        queue.close();
        assert_eq!(queue.push(2), Err(Refused::Closed(2)));
        assert_eq!(queue.pop(), Some(1));
        assert_eq!(queue.pop(), None);
        assert!(!queue.take(9, &mut VecDeque::new()));
    }

    #[test]
    fn taking_leaves_what_is_more_than_asked_for_in_its_order() {
        let queue = Queue::new(9);
        for item in 1..=5 {
            queue.push(item).unwrap();
        }
        let mut taken = VecDeque::new();
        assert!(queue.take(2, &mut taken));
        assert!(queue.take(2, &mut taken));
        assert_eq!(taken, [1, 2, 3, 4]);
        taken.clear();
        assert!(queue.take(2, &mut taken));
        assert_eq!(taken, [5]);
    }
}
