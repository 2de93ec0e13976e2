//! A migration as it was written.

use syn::{Attribute, Expr, ItemConst};

use crate::construct;
use crate::errors::Errors;
use crate::item::Item;

/// A migration as it was written.
pub(crate) struct Written {
    pub(crate) item: Item,
    /// `None` where rustc has something to say about it.
    pub(crate) constant: Option<ItemConst>,
}

/// Reads a migration.
pub(crate) fn parse(cx: &mut Errors, attr: &Attribute, item: Item) -> Written {
    let arguments = construct::arguments(cx, attr).unwrap_or_default();
    if !arguments.is_empty() {
        cx.at(arguments, "`#[migration]` takes no arguments").help("the SQL is the value of the constant");
    }
    let constant = syn::parse2(item.tokens.clone()).ok();
    Written { item, constant }
}

impl Written {
    /// The value, looking through the group that a macro puts around it.
    pub(crate) fn value(&self) -> Option<&Expr> {
        let mut value = &*self.constant.as_ref()?.expr;
        while let Expr::Group(group) = value {
            value = &group.expr;
        }
        Some(value)
    }
}
