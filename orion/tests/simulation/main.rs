//! The loop under simulation: store, bus, engine and tabs, on one thread and by one seed, which says what happens next.
//!
//! Commands, visits, tabs that close and come back, reads that are lost, deliveries that come late, twice, in another order or as a
//! gap, and processes that are killed and started again. In the end every tab shows what the store says.
//!
//! orion's own are the hub with its engine, the streams, the bus, the regions and queries that the macros made, and SQLite in a
//! file with its threads; but of these threads one at a time does something, and the simulation waits until it has done it. So
//! every order of steps can happen, but not what two threads do to each other within one.
//!
//! `ORION_SEEDS=100000` plays more seeds, `ORION_SEED=7` that one and tells what happens.

#![allow(unreachable_pub, missing_docs, reason = "an application says `pub` of what its slice offers")]

mod bug;
mod bus;
mod counts;
#[path = "../streams/decoders.rs"]
mod decoders;
mod dice;
mod notes;
mod past;
mod process;
mod rest;
mod step;
mod store;
mod tab;
mod world;
mod writer;

use std::env;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{available_parallelism, panicking, scope};
use std::time::Instant;

use bug::Bug;
use counts::Counts;
use world::play;

const SEEDS: u64 = 2_000;

#[test]
fn in_the_end_every_tab_shows_the_render_of_the_store() {
    if let Some(seed) = number("ORION_SEED") {
        let (story, judged) = play(seed, None);
        println!("{}", story.join("\n"));
        return judged.unwrap();
    }
    let (seeds, next, start) = (number("ORION_SEEDS").unwrap_or(SEEDS), AtomicU64::new(0), Instant::now());
    let counts = Counts::default();
    scope(|scope| {
        for _ in 0..available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds {
                        break;
                    }
                    let _named = Named(seed);
                    let (story, judged) = play(seed, None);
                    judged.unwrap();
                    counts.add(&story);
                }
            });
        }
    });
    println!("{seeds} seeds in {:.1} s: {counts}", start.elapsed().as_secs_f64());
}

#[test]
fn a_seed_is_played_again_to_the_letter() {
    for seed in 0..50 {
        assert_eq!(play(seed, None), play(seed, None), "seed {seed}");
    }
}

#[test]
fn every_planted_bug_is_found_within_a_thousand_seeds() {
    for bug in Bug::ALL {
        let differs = |seed| play(seed, Some(bug)).1.err().map(|difference| (seed, difference));
        let (seed, difference) =
            (0..1000).find_map(differs).unwrap_or_else(|| panic!("{bug:?} is not found"));
        println!("{bug:?} is found by seed {seed}: {difference}");
    }
}

/// Says which seed it was whose play panics.
struct Named(u64);

impl Drop for Named {
    fn drop(&mut self) {
        if panicking() {
            eprintln!("ORION_SEED={} plays it again", self.0);
        }
    }
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} must be a number")))
}
