//! The path of a command or a page: `/boards/{id}/{*rest}`, and the arguments that fill it.

mod check;

use proc_macro2::Span;
use syn::LitStr;

use crate::argument::Argument;

pub(crate) use check::{check, filled};

/// A path, as far as it could be read.
#[derive(Clone)]
pub(crate) struct Route {
    pub(crate) literal: LitStr,
    /// The names between braces, in their order.
    pub(crate) parameters: Vec<String>,
    /// The path without the names: two routes with the same one are in conflict.
    pub(crate) pattern: String,
    /// Whether it can be routed. Where not, links are written all the same, so that what uses them is not wrong too.
    pub(crate) sound: bool,
}

impl Route {
    /// In place of one that nobody wrote; it was reported at `at`.
    pub(crate) fn unwritten(at: Span) -> Self {
        Self { literal: LitStr::new("", at), parameters: Vec::new(), pattern: String::new(), sound: false }
    }
}

/// The arguments that fill a route, in its order.
pub(crate) struct Filled {
    pub(crate) arguments: Vec<Argument>,
    /// Whether they can: else a link has these parameters and a stub for a body.
    pub(crate) fits: bool,
}
