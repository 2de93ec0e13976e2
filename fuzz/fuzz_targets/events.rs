//! The gate of `orion/tests/hostile/events.rs`. Events: any text in each of their values.

#![no_main]

#[allow(dead_code, reason = "libFuzzer begins with nothing and finds its own way")]
#[path = "../../orion/tests/hostile/events.rs"]
mod gate;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    gate::gate(bytes);
});
