//! A region that means something.

use syn::Expr;

use crate::argument::{Argument, Role};
use crate::function::Function;

/// A region.
pub(crate) struct Region {
    pub(crate) function: Function,
    pub(crate) on: Vec<Expr>,
    /// The arguments in their order, as far as they could be understood.
    pub(crate) arguments: Vec<Argument>,
    /// The shortest time between two renders, in milliseconds.
    pub(crate) every: Option<u64>,
    /// Whether it can be rendered.
    pub(crate) sound: bool,
}

impl Region {
    /// The plain arguments: its key.
    pub(crate) fn key(&self) -> impl Iterator<Item = &Argument> + Clone {
        self.arguments.iter().filter(|argument| argument.role == Role::Plain)
    }

    /// Whether it takes `&role`.
    pub(crate) fn takes(&self, role: Role) -> bool {
        self.arguments.iter().any(|argument| argument.role == role)
    }
}
