//! The gate of everything that is compressed once for many: whatever happens to streams, what a client decodes is the
//! stream that was never compressed, byte for byte and after every piece.

mod decoders;
mod play;
mod regions;
mod store;
mod tab;

use std::time::Instant;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use play::{Played, play};

const HISTORIES: u32 = 10_000;

#[test]
fn every_decoded_stream_is_the_stream_that_was_not_compressed() {
    let config = ProptestConfig { cases: HISTORIES, failure_persistence: None, ..ProptestConfig::default() };
    let (mut played, start) = (Played::default(), Instant::now());
    let total = std::cell::RefCell::new(&mut played);
    let outcome = TestRunner::new(config).run(&prop::collection::vec(any::<u8>(), 0..96), |script| {
        **total.borrow_mut() += play(&script);
        Ok(())
    });
    outcome.unwrap();
    // What could not be compressed is sent as it is; that would be right, too, but it must not be the rule.
    assert!(played.gzip * 4 < played.text && played.br * 6 < played.text, "{played}");
    println!("{HISTORIES} histories in {:.1} s: {played}", start.elapsed().as_secs_f64());
}
