//! The wire: Datastar's protocol in both directions. Text and bytes only; no socket, no thread.
//!
//! Out: [`Event`]s, written by [`Encode`]; a command's [`Reply`], made a response by [`answer`]. In: an [`Input`], from which
//! [`Signals`], [`Form`] and [`Query`] are taken. In markup: [`Action`], [`Signal`] and [`field_error`].

mod action;
mod answer;
mod encode;
mod errors;
mod event;
mod extract;
mod field_error;
mod form;
mod input;
mod json;
mod location;
mod parameter;
mod rejection;
mod reply;
mod shape;
mod signal;
mod signal_name;
mod upload;

#[cfg(test)]
mod tests;

pub use action::{Action, path};
pub use answer::answer;
pub use encode::{Buffer, Encode};
pub use event::{Event, ExecuteScript, Mode, Namespace, Notice, PatchElements, PatchSignals, Retry};
pub use extract::{Form, Query, Signals};
pub use field_error::field_error;
pub use input::{FromInput, Input};
pub use parameter::PathParameter;
pub use rejection::Rejection;
pub use reply::{IntoReply, Reply};
pub use signal::Signal;
pub use upload::Upload;
