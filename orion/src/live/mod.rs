//! The live engine: keeps what people look at right. Streams, cells and paints; knows no feature and no socket.
//!
//! The way of a page: [`Hub::paint`] renders it with each [`Embed`] in place and lists its regions; [`References::write`] signs
//! the list for the viewer; [`markup::markup`] puts the token into the page. The way of its stream: [`References::read`] gives
//! the regions back, [`Hub::open`] a [`Stream`], the body of an answer that lasts. In between, the [`engine`] decides what is
//! rendered and what each stream still lacks, and the hub drives it.

mod args;
mod coding;
mod element;
mod embed;
pub mod engine;
#[cfg(test)]
mod fake;
pub(crate) mod frame;
mod hub;
mod lent;
pub mod markup;
mod oracle;
mod paint;
mod reference;
mod region_key;
mod render;
mod scope;
mod slots;
mod stats;
mod stream;

pub use args::Args;
pub use coding::{Coding, Frame};
pub use element::element_id;
pub use embed::Embed;
pub use hub::{Hub, Options};
pub use lent::{Lent, Take};
pub use oracle::Oracle;
pub use paint::{Easel, MOST_REGIONS, Painted, paint};
pub use reference::{Reference, References, Refused};
pub use region_key::RegionKey;
pub use scope::{Scope, Visit};
pub use stats::Stats;
pub use stream::Stream;
