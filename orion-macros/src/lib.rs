//! The attribute macros of orion. Documented where they are re-exported: in the `orion` crate.
