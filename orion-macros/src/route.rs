//! The path of a command or a page: `/boards/{id}/{*rest}`, and the arguments that fill it.

mod check;

use syn::LitStr;

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
