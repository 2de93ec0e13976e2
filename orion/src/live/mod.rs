//! The live engine: keeps what people look at right. Streams, cells and paints; knows no feature and no socket.

mod args;
mod embed;
mod scope;

pub use args::Args;
pub use embed::Embed;
pub use scope::{Scope, Visit};
