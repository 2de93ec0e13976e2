//! The names of the types that a slice writes, each for the links of one declaration.

use std::collections::BTreeMap;

use quote::ToTokens;
use syn::ItemMod;

use crate::errors::Errors;
use crate::function::cfg;
use crate::item::{Item, Shape};
use crate::slice::model::WrittenItem;

/// Leaves each type's name to one declaration. The second of two functions with one name is rustc's to report, once:
/// what it declares is left out, so that nothing is said about a second type. With `#[cfg]` there may be only one.
pub(super) fn own(cx: &mut Errors, items: Vec<WrittenItem>) -> Vec<WrittenItem> {
    let mut taken: BTreeMap<String, Owner> =
        PRIMITIVES.into_iter().map(|name| (name.to_owned(), Owner::Rust)).collect();
    for item in &items {
        if let WrittenItem::Plain(item) = item
            && item.shape == Shape::Module
            && let Ok(module) = syn::parse2::<ItemMod>(item.to_token_stream())
            && cfg(&module.attrs).is_empty()
        {
            taken.insert(module.ident.to_string(), Owner::Module);
        }
    }
    items.into_iter().map(|item| one(cx, item, &mut taken)).collect()
}

/// Names that a type of the slice would take away from Rust's own.
const PRIMITIVES: [&str; 17] = [
    "bool", "char", "str", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize",
];

enum Owner {
    Rust,
    Module,
    Declaration,
}

fn one(cx: &mut Errors, item: WrittenItem, taken: &mut BTreeMap<String, Owner>) -> WrittenItem {
    let Some(function) = item.function().filter(|function| function.cfg().is_empty()) else { return item };
    let ident = &function.sig.ident;
    match taken.get(&ident.to_string()) {
        None => {
            taken.insert(ident.to_string(), Owner::Declaration);
            return item;
        }
        Some(Owner::Declaration) => {}
        Some(Owner::Rust) => {
            cx.at(ident, format!("`{ident}` must not be the name of a type of Rust's own"))
                .help("its links are those of a type of this name, which would hide Rust's: rename it");
        }
        Some(Owner::Module) => {
            cx.at(ident, format!("`{ident}` must not be the name of a module as well"))
                .help("its links are those of a type of this name: rename one of the two");
        }
    }
    let tokens = if function.body.is_some() { function.to_token_stream() } else { function.stub() };
    WrittenItem::Plain(Item { attrs: Vec::new(), shape: Shape::Other, tokens })
}
