//! The gate of `orion/tests/streams`, with scripts that libFuzzer makes up.

#![no_main]

#[path = "../../orion/tests/streams/decoders.rs"]
mod decoders;
#[path = "../../orion/tests/streams/play.rs"]
mod play;
#[path = "../../orion/tests/streams/regions.rs"]
mod regions;
#[path = "../../orion/tests/streams/store.rs"]
mod store;
#[path = "../../orion/tests/streams/tab.rs"]
mod tab;

libfuzzer_sys::fuzz_target!(|script: &[u8]| {
    play::play(script);
});
