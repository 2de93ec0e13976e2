//! The loop under simulation: store, bus, engine and tabs, on one thread and by one seed, which says what happens next.
//!
//! Commands, visits, tabs that close and come back, reads that are lost, deliveries that come late, twice, in another order or as a
//! gap, and processes that are killed and started again. What a tab shows was true once, and in the end it is what the store says.
//!
//! orion's own are the hub with its engine, the streams and their codings, the bus, the regions and queries that the macros made, and
//! SQLite in a file with its threads; but of these threads one at a time does something, and the simulation waits until it has done
//! it. So every order of steps can happen, but not what two threads do to each other within one.
//!
//! `ORION_SEEDS=100000` plays more seeds, `ORION_SEED=7` that one and tells what happens.

#![allow(unreachable_pub, missing_docs, reason = "an application says `pub` of what its slice offers")]

mod bug;
mod bus;
mod commands;
mod counts;
#[path = "../streams/decoders.rs"]
mod decoders;
mod dice;
mod notes;
mod past;
mod play;
mod process;
mod rest;
mod step;
mod store;
mod tab;
mod world;
mod writer;

use std::env;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{available_parallelism, scope};
use std::time::Instant;

use bug::Bug;
use counts::Counts;
use play::{Played, play};

const SEEDS: u64 = 2_000;

#[test]
fn in_the_end_every_tab_shows_the_render_of_the_store() {
    if let Some(seed) = number("ORION_SEED") {
        let played = play(seed, None);
        println!("{played}");
        assert_eq!(played.difference, None);
        return;
    }
    let (seeds, start, counts) = (number("ORION_SEEDS").unwrap_or(SEEDS), Instant::now(), Counts::default());
    if let Some(played) = first_difference(seeds, &counts) {
        panic!("{played}");
    }
    println!("{seeds} seeds in {:.1} s: {counts}", start.elapsed().as_secs_f64());
}

#[test]
fn a_seed_is_played_again_to_the_letter() {
    for seed in 0..50 {
        assert_eq!(play(seed, None), play(seed, None));
    }
    let found = |seed| play(seed, Some(Bug::EarlyPublish));
    let seed = (0..1000).find(|&seed| found(seed).difference.is_some()).expect("the bug is found");
    assert_eq!(found(seed), found(seed));
}

#[test]
fn every_planted_bug_is_found_within_a_thousand_seeds() {
    for bug in Bug::ALL {
        let found = (0..1000).find_map(|seed| Some((seed, play(seed, Some(bug)).difference?)));
        let (seed, difference) = found.unwrap_or_else(|| panic!("{bug:?} is not found"));
        println!("{bug:?} is found by seed {seed}: {difference}");
    }
}

/// Plays so many seeds, on all processors, or until one of them differs.
fn first_difference(seeds: u64, counts: &Counts) -> Option<Played> {
    let (next, found) = (AtomicU64::new(0), Mutex::new(None));
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= seeds || found.lock().unwrap().is_some() {
                break;
            }
            let played = play(seed, None);
            counts.add(&played.story);
            if played.difference.is_some() {
                found.lock().unwrap().get_or_insert(played);
            }
        }
    };
    scope(|scope| {
        // Most of the time of a play is one thread waking another.
        for _ in 0..2 * available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    found.into_inner().unwrap()
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{name} must be a number")))
}
