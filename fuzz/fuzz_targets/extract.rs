//! The gate of `orion/tests/hostile/extract.rs`. Requests: what a command takes from any bytes.

#![no_main]

#[allow(dead_code, reason = "libFuzzer begins with nothing and finds its own way")]
#[path = "../../orion/tests/hostile/extract.rs"]
mod gate;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    gate::gate(bytes);
});
