//! The path of a command or a page: `/boards/{id}/{*rest}`, and the arguments that fill it.

mod check;

use syn::LitStr;

use crate::argument::Argument;

pub(crate) use check::{check, filled};

/// A path that can be routed.
#[derive(Clone)]
pub(crate) struct Route {
    pub(crate) literal: LitStr,
    /// The names between braces, in their order.
    pub(crate) parameters: Vec<String>,
    /// The path without the names: two routes with the same one are in conflict.
    pub(crate) pattern: String,
}

/// The arguments that fill a route, in its order.
pub(crate) struct Filled {
    pub(crate) arguments: Vec<Argument>,
    /// Whether they can: else a link has these parameters and a stub for a body.
    pub(crate) fits: bool,
}
