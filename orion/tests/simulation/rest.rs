//! The end: everything comes to rest, and then every tab must show what is true.

use std::collections::BTreeSet;
use std::time::Duration;

use orion::Viewer;
use orion::live::element_id;
use tokio::time::sleep;

use crate::notes::{mine, notes, who};
use crate::step::Step;
use crate::world::World;

/// Longer than any pause between two attempts to render.
const LONG: Duration = Duration::from_secs(61);

/// Whatever has begun ends within fewer steps.
const MOST_STEPS: usize = 10_000;

impl World<'_> {
    /// Lets all tabs come back, and everything happen that can, in any order.
    pub(crate) async fn rest(&mut self) {
        for tab in 0..self.tabs.len() {
            if !self.tabs[tab].is_connected() {
                self.happen(Step::Connect(tab)).await;
            }
        }
        self.settle().await;
        // After the first pause everything is rendered that failed, after the second what changed meanwhile.
        for _ in 0..3 {
            sleep(LONG).await;
            self.settle().await;
        }
    }

    /// Goes on with all that has begun.
    async fn settle(&mut self) {
        for _ in 0..MOST_STEPS {
            let Some(step) = self.progress() else { return };
            self.happen(step).await;
        }
        self.wrong.get_or_insert("there is no rest".to_owned());
    }

    /// What is not as it should be.
    pub(crate) fn judge(&self) -> Result<(), String> {
        if let Some(wrong) = &self.wrong {
            return Err(wrong.clone());
        }
        let stored = self.process().look(|_, db| notes::done(db)).into_iter().collect();
        self.commands.judge(&stored)?;
        self.judge_hub()?;
        for (number, tab) in self.tabs.iter().enumerate() {
            let truth = self.truth(&tab.viewer, &tab.regions);
            if let Some((id, markup)) = tab.screen.iter().find(|&(id, markup)| truth.get(id) != Some(markup))
            {
                return Err(format!("tab {number} shows {markup}, but true is {}", truth[id]));
            }
        }
        Ok(())
    }

    /// The hub knows who is there and what they look at, no more and no less.
    fn judge_hub(&self) -> Result<(), String> {
        let hub = &self.process().hub;
        let id = element_id(&who());
        let there: BTreeSet<&Viewer> =
            self.tabs.iter().filter(|tab| tab.screen.contains_key(&id)).map(|tab| &tab.viewer).collect();
        let present = hub.present(&who());
        if !present.iter().eq(there.iter().copied()) {
            return Err(format!("{there:?} are there, and present are {present:?}"));
        }
        let mine = element_id(&mine());
        let cells: BTreeSet<(&str, Option<&Viewer>)> = self
            .tabs
            .iter()
            .flat_map(|tab| tab.screen.keys().map(|id| (id.as_str(), (*id == mine).then_some(&tab.viewer))))
            .collect();
        if (hub.streams(), hub.cells()) != (self.tabs.len(), cells.len()) {
            return Err(format!(
                "{} tabs look at {} cells, and the hub is {hub:?}",
                self.tabs.len(),
                cells.len()
            ));
        }
        Ok(())
    }
}
