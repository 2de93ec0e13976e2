//! The wire: Datastar's protocol in both directions. Text and bytes only; no socket, no thread.

mod action;
mod input;
mod reply;

pub use action::{Action, path};
pub use input::{FromInput, Input};
pub use reply::{IntoReply, Reply};
