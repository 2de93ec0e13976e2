//! Items that declare nothing, and what a slice does for them all the same.

use quote::quote;
use syn::parse_quote;

use crate::errors::Errors;
use crate::function::Function;
use crate::item::{Item, Shape};
use crate::row::derives;

/// Attributes of rustc's that say nothing about what a function is.
const INERT: [&str; 8] = ["doc", "cfg", "cfg_attr", "allow", "expect", "warn", "must_use", "inline"];

/// The item as the slice puts it out.
pub(super) fn check(cx: &mut Errors, mut item: Item) -> Item {
    if item.is_without_body() {
        let inert = |attr: &syn::Attribute| INERT.iter().any(|name| attr.path().is_ident(name));
        // Another attribute may be a slip in ours: rustc finds no such attribute, and that is the one error.
        if let Ok(function) = Function::of(&item)
            && item.attrs.iter().all(inert)
        {
            let ident = &function.sig.ident;
            cx.at(ident, format!("function `{ident}` must have a body, or be a query"))
                .help("write `#[query(\"…\")]` above it");
        }
        item.attrs.push(parse_quote!(#[allow(unused_variables)]));
        return item.with_a_body();
    }
    adopt(&mut item);
    item
}

/// Lets a type derive serde's traits although the application does not name serde itself.
pub(crate) fn adopt(item: &mut Item) {
    let derives = matches!(item.shape, Shape::Struct | Shape::Enum)
        && (derives(item, "Serialize") || derives(item, "Deserialize"));
    let mut serde = item.attrs.iter().filter(|attr| attr.path().is_ident("serde"));
    let says_crate = serde.any(|attr| {
        let mut tokens = quote!(#attr).to_string();
        tokens.retain(|letter| !letter.is_whitespace());
        tokens.contains("(crate=") || tokens.contains(",crate=")
    });
    if derives && !says_crate {
        // After the derive: before it the attribute would be unknown.
        item.attrs.push(parse_quote!(#[serde(crate = "::orion::serde")]));
    }
}
