//! A page that means something.

use syn::LitStr;

use crate::access::Access;
use crate::argument::Argument;
use crate::function::Function;
use crate::route::{Filled, Route};

/// A page.
pub(crate) struct Page {
    pub(crate) function: Function,
    pub(crate) title: Option<LitStr>,
    /// Where `path` leads: there whatever is wrong, so that what uses it is not wrong too.
    pub(crate) link: Link,
    pub(crate) access: Access,
    /// The arguments in their order; `None` where something is wrong: then nothing is rendered.
    pub(crate) arguments: Option<Vec<Argument>>,
}

/// What `path` is written from.
pub(crate) struct Link {
    pub(crate) route: Route,
    pub(crate) filled: Filled,
}
