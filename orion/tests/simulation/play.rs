//! One seed, played from its beginning to its end or to the first difference.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use orion::store::panicked;
use tokio::runtime::Builder;

use crate::bug::Bug;
use crate::world::World;

/// What came of a seed.
#[derive(Debug, PartialEq)]
pub(crate) struct Played {
    seed: u64,
    /// Each step, and under it what was seen of it.
    pub(crate) story: Vec<String>,
    /// What was not as it should be.
    pub(crate) difference: Option<String>,
}

/// Lets happen what the seed says. Now and then everything comes to rest and is judged.
pub(crate) fn play(seed: u64, bug: Option<Bug>) -> Played {
    let mut story = Vec::new();
    let judged = catch_unwind(AssertUnwindSafe(|| whole(seed, bug, &mut story)))
        .unwrap_or_else(|panic| Err(panicked(&*panic).to_string()));
    Played { seed, story, difference: judged.err() }
}

fn whole(seed: u64, bug: Option<Bug>, story: &mut Vec<String>) -> Result<(), String> {
    let runtime = Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let mut world = World::new(seed, bug, story);
        let mut judged = Ok(());
        for _ in 0..=world.dice.below(3) {
            for _ in 0..10 + world.dice.below(80) {
                let step = world.choose();
                world.happen(step).await;
                if world.wrong.is_some() {
                    break;
                }
            }
            world.rest().await;
            judged = world.judge();
            if judged.is_err() {
                break;
            }
        }
        world.end();
        judged
    })
}

/// What a person needs: all that happened, what is wrong with it, and how to see it again.
impl fmt::Display for Played {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.story {
            writeln!(f, "{line}")?;
        }
        let Self { seed, difference, .. } = self;
        match difference {
            Some(difference) => writeln!(f, "seed {seed}: {difference}")?,
            None => writeln!(f, "seed {seed}: all is as it should be")?,
        }
        write!(f, "again: ORION_SEED={seed} cargo test -p orion --test simulation tab_shows -- --nocapture")
    }
}
