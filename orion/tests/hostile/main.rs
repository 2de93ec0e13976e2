//! What may be any bytes: requests, values of events, references, configurations. Each gate says what holds whatever they are; here it is
//! given right ones of which something was changed, and random ones. `fuzz/` plays the same gates.

mod config;
mod events;
mod extract;
mod reference;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

const CASES: u32 = 5_000;

/// One of these with some bytes changed, taken out, doubled or put in; or no such thing.
fn almost(right: &[&'static [u8]]) -> impl Strategy<Value = Vec<u8>> + use<> {
    let right = prop::sample::select(right.to_vec());
    let edits = prop::collection::vec((any::<prop::sample::Index>(), 0_u8..4, any::<u8>()), 0..6);
    let changed = (right, edits).prop_map(|(right, edits)| {
        let mut bytes = right.to_vec();
        for (at, how, byte) in edits {
            let at = at.index(bytes.len() + 1);
            match how {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.extend_from_within(at..),
                _ => bytes.insert(at, byte),
            }
        }
        bytes
    });
    prop_oneof![4 => changed, 1 => prop::collection::vec(any::<u8>(), 0..200)]
}

fn play(right: &[&'static [u8]], gate: fn(&[u8])) {
    let config = ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() };
    let played = TestRunner::new(config).run(&almost(right), |bytes| {
        gate(&bytes);
        Ok(())
    });
    played.unwrap();
}

#[test]
fn every_request_is_read_or_refused_in_one_plain_sentence() {
    play(&extract::RIGHT, extract::gate);
}

#[test]
fn every_value_of_an_event_arrives_in_one_event_as_it_is() {
    play(&events::RIGHT, events::gate);
}

#[test]
fn no_reference_but_the_one_that_was_written_is_read_and_by_no_other_viewer() {
    play(&*reference::RIGHT, reference::gate);
}

#[test]
fn every_configuration_is_taken_or_refused_with_all_its_problems() {
    play(&config::RIGHT, config::gate);
}
