//! A topic that means something.

use syn::{Attribute, ItemStruct, Member, Type};

use crate::item::Item;

/// A topic.
pub(crate) struct Topic {
    pub(crate) item: Item,
    pub(crate) cfg: Vec<Attribute>,
    pub(crate) structure: Option<ItemStruct>,
    /// Each field's name or number, with its type; `None` where something is wrong: then a stub is implemented.
    pub(crate) fields: Option<Vec<(Member, Type)>>,
}
