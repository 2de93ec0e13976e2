//! The macros, documented where their examples can be compiled.

pub use orion_macros::{Row, command, migration, page, query, region, slice, topic};
