//! The attribute macros of orion. Documented where they are re-exported: in the `orion` crate.

#[allow(dead_code, unused_imports, reason = "the macros that call it are merged after it")]
mod sql;
