//! The end: everything comes to rest, and then every tab must show what is true.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use orion::Viewer;
use orion::live::{Embed, element_id};
use tokio::time::sleep;

use crate::notes::{notes, who};
use crate::step::Step;
use crate::world::{Sent, World};

/// Longer than any pause between two attempts to render.
const LONG: Duration = Duration::from_secs(61);

impl World {
    /// Lets all tabs come back, and everything happen that can, in any order.
    pub(crate) async fn rest(&mut self) {
        for tab in 0..self.tabs.len() {
            if !self.tabs[tab].is_connected() {
                self.happen(Step::Connect(tab)).await;
            }
        }
        // After the first pause everything is rendered that failed, after the second what changed meanwhile.
        for _ in 0..3 {
            while let Some(step) = self.progress() {
                self.happen(step).await;
            }
            sleep(LONG).await;
        }
    }

    /// What is not as it should be.
    pub(crate) fn judge(&self) -> Result<(), String> {
        if let Some(wrong) = &self.wrong {
            return Err(wrong.clone());
        }
        self.judge_store()?;
        self.judge_presence()?;
        for (number, tab) in self.tabs.iter().enumerate() {
            let truth = self.truth(&tab.viewer, &tab.regions);
            if tab.screen != truth {
                return Err(format!("tab {number} shows {:#?} but true is {truth:#?}", tab.screen));
            }
        }
        Ok(())
    }

    /// What was answered is in the store, what was refused is not, and what was not answered may be.
    fn judge_store(&self) -> Result<(), String> {
        let done: BTreeSet<i64> = self.process().look(|_, db| notes::done(db)).into_iter().collect();
        let sent: &BTreeMap<i64, Sent> = &self.sent.lock().unwrap();
        if let Some(unknown) = done.iter().find(|&number| !sent.contains_key(number)) {
            return Err(format!("the store has command {unknown}, which nobody sent"));
        }
        let wrong = sent.iter().find(|&(number, Sent { refuses, kept })| {
            let is_there = done.contains(number);
            kept.is_some_and(|kept| kept != is_there) || (*refuses && is_there)
        });
        wrong.map_or(Ok(()), |(number, Sent { kept, .. })| {
            Err(format!(
                "command {number} was answered with {kept:?}, and in the store is {}",
                done.contains(number)
            ))
        })
    }

    /// The hub knows who is there, no more and no less.
    fn judge_presence(&self) -> Result<(), String> {
        let id = element_id(&who());
        let shows = |regions: &[Embed]| regions.iter().any(|embed| element_id(embed) == id);
        let there: BTreeSet<Viewer> =
            self.tabs.iter().filter(|tab| shows(&tab.regions)).map(|tab| tab.viewer.clone()).collect();
        let present: BTreeSet<Viewer> = self.process().hub.present(&who()).iter().cloned().collect();
        if present == there {
            Ok(())
        } else {
            Err(format!("{there:?} are there, and present are {present:?}"))
        }
    }
}
