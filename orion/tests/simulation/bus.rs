//! The bus: orion's own, behind a delay. What was announced comes later, in any order, twice, or as a gap.

use std::sync::{Arc, Mutex};

use orion::Topics;
use orion::bus::{Bus, Hear, Heard, InProcess};

#[derive(Default)]
pub(crate) struct Delayed {
    inner: InProcess,
    /// Who hears of gaps, of which a bus within one process has none.
    hears: Mutex<Vec<Arc<Hear>>>,
    on_the_way: Mutex<Vec<Topics>>,
    /// Of [`Bug::LostTopics`](crate::bug::Bug): how many announcements are left until one is lost.
    until_lost: Mutex<Option<usize>>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Delivery {
    Once,
    Twice,
    /// The topics are lost, and it is said that something was.
    Gap,
}

impl Delayed {
    pub(crate) fn losing(until_lost: Option<usize>) -> Self {
        Self { until_lost: Mutex::new(until_lost), ..Self::default() }
    }

    pub(crate) fn on_the_way(&self) -> usize {
        self.on_the_way.lock().unwrap().len()
    }

    pub(crate) fn deliver(&self, which: usize, delivery: Delivery) {
        let topics = self.on_the_way.lock().unwrap().remove(which);
        match delivery {
            Delivery::Once => self.inner.publish(&topics),
            Delivery::Twice => [(); 2].iter().for_each(|()| self.inner.publish(&topics)),
            Delivery::Gap => self.hears.lock().unwrap().iter().for_each(|hear| hear(Heard::Gap)),
        }
    }
}

impl Bus for Delayed {
    fn publish(&self, topics: &Topics) {
        let mut until_lost = self.until_lost.lock().unwrap();
        let lost = *until_lost == Some(0);
        *until_lost = until_lost.and_then(|left| left.checked_sub(1));
        if !lost {
            self.on_the_way.lock().unwrap().push(topics.clone());
        }
    }

    fn subscribe(&self, hear: Hear) {
        let hear = Arc::new(hear);
        self.hears.lock().unwrap().push(Arc::clone(&hear));
        self.inner.subscribe(Box::new(move |heard| hear(heard)));
    }
}
