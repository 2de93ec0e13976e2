//! A topic as it was written.

use syn::{Attribute, ItemStruct};

use crate::construct;
use crate::errors::Errors;
use crate::item::Item;

/// A topic as it was written.
pub(crate) struct Written {
    pub(crate) item: Item,
    /// `None` where rustc has something to say about it.
    pub(crate) structure: Option<ItemStruct>,
}

/// Reads a topic.
pub(crate) fn parse(cx: &mut Errors, attr: &Attribute, item: Item) -> Written {
    let arguments = construct::arguments(cx, attr).unwrap_or_default();
    if !arguments.is_empty() {
        cx.at(arguments, "`#[topic]` takes no arguments").help("its key is the fields of the struct");
    }
    let structure = syn::parse2(item.tokens.clone()).ok();
    Written { item, structure }
}
