//! Whether a slice has orion's names in scope. A module sees nothing of what stands around it.

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::{ItemUse, UseTree};

use crate::errors::Errors;
use crate::item::{Item, Shape};
use crate::slice::model::WrittenItem;

/// Whether nothing can have brought the names by which the attributes were `called` into scope. The attributes are found without, but
/// nothing else of orion is: it is said once, and the slice is put out as if it had been written.
pub(super) fn are_missing(cx: &mut Errors, called: &[Ident], slice: &str, items: &[WrittenItem]) -> bool {
    let Some(first) = called.first() else { return false };
    let mut plain = items.iter().filter_map(|item| match item {
        WrittenItem::Plain(item) => Some(item),
        _ => None,
    });
    if plain.any(|item| may_bring(item, called)) {
        return false;
    }
    cx.at(first, format!("slice `{slice}` does not import orion: `#[{first}]` and all that goes with it"))
        .help("a module sees nothing of what stands around it: begin it with `use orion::prelude::*;`");
    true
}

/// Whether the item is a `use` that can bring them, or a macro, which may be one.
fn may_bring(item: &Item, called: &[Ident]) -> bool {
    if item.shape == Shape::Other {
        let mut tokens = item.tokens.clone().into_iter();
        let (name, mark) = (tokens.next(), tokens.next());
        return matches!(name, Some(TokenTree::Ident(name)) if name != "macro_rules")
            && matches!(mark, Some(TokenTree::Punct(mark)) if mark.as_char() == '!' || mark.as_char() == ':');
    }
    if item.shape != Shape::Import {
        return false;
    }
    let import = syn::parse2::<ItemUse>(item.to_token_stream());
    import.is_ok_and(|import| brings(&import.tree, called))
}

fn brings(tree: &UseTree, called: &[Ident]) -> bool {
    match tree {
        UseTree::Path(path) => path.ident == "orion" || brings(&path.tree, called),
        UseTree::Name(name) => called.contains(&name.ident),
        UseTree::Rename(rename) => called.contains(&rename.rename),
        UseTree::Group(group) => group.items.iter().any(|tree| brings(tree, called)),
        UseTree::Glob(_) => true,
    }
}
