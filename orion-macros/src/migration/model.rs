//! A migration that means something.

use proc_macro2::Ident;
use syn::Attribute;

use crate::item::Item;

/// A migration.
pub(crate) struct Migration {
    pub(crate) item: Item,
    pub(crate) cfg: Vec<Attribute>,
    /// The name of the constant; `None` where it is wrong.
    pub(crate) sound: Option<Ident>,
}
