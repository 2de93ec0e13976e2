//! The gate of `orion/tests/hostile/config.rs`. Configurations: any text as the file.

#![no_main]

#[allow(dead_code, reason = "libFuzzer begins with nothing and finds its own way")]
#[path = "../../orion/tests/hostile/config.rs"]
mod gate;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    gate::gate(bytes);
});
