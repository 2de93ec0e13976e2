//! The macros, documented where their examples can be compiled.

pub use orion_macros::{Row, command, main, migration, page, query, region, slice, topic};
