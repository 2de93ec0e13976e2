//! Live streams: what a publish costs with thousands of them, how many bytes it is, how late the last one hears of it, what an idle one
//! holds, and what commands cost meanwhile. Server and client are processes of their own; the client holds real connections.

mod decode;
mod floor;
mod hand;
mod http;
mod load;
mod open;
mod rows;
pub(crate) mod server;
mod watch;

pub(crate) use load::Load;
pub(crate) use rows::measure;
pub(crate) use server::Serve;
pub(crate) use watch::{Watch, Watched};

pub(crate) use http::Connection;
pub(crate) use open::{Crowd, Seen};
