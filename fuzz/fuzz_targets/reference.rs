//! The gate of `orion/tests/hostile/reference.rs`. References of pages to their regions: which are believed.

#![no_main]

#[allow(dead_code, reason = "libFuzzer begins with nothing and finds its own way")]
#[path = "../../orion/tests/hostile/reference.rs"]
mod gate;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    gate::gate(bytes);
});
