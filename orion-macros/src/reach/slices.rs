//! The other slices that bodies reach. The tokens say only that a module is named, `boards` in `boards::list::region()`; whether it
//! is a slice rustc says, in a constant.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};

use super::scan::named;
use crate::compiler;
use crate::data::literal;
use crate::function::Function;

/// The module before the last `parts` of a path, if that may be another slice: as it is found from the slice's own, whatever else has the
/// name. An empty first segment is that of `::time`. `imported`: the path's first segment was a name that `use` brought.
pub(super) fn module(path: &[String], parts: usize, imported: bool) -> Option<Vec<String>> {
    let module = path.get(..path.len().checked_sub(parts)?)?;
    let (first, last) = (module.first()?, module.last()?);
    let is_from = |segment: &String| FROM.contains(&segment.as_str());
    // A type has functions too.
    let is_module =
        |segment: &String| segment.starts_with(|letter: char| letter.is_lowercase() || letter == '_');
    if is_from(last) || !module.iter().all(is_module) {
        return None;
    }
    let from = match compiler::is_crate(first) {
        _ if is_from(first) => return Some(module.to_vec()),
        false => "self",
        true if imported => "",
        // A crate or a module of the same name, which is asked before: nobody knows here.
        true => return None,
    };
    Some([&[from.to_owned()], module].concat())
}

/// Where a path can begin.
const FROM: [&str; 3] = ["self", "super", "crate"];

/// Whether a path in the body means the same beside the function: nothing in the body brings names or is there only sometimes.
pub(super) fn can_be_found(function: &Function, body: &TokenStream) -> bool {
    let conditional =
        |attr: &syn::Attribute| ["cfg", "cfg_attr"].iter().any(|name| attr.path().is_ident(name));
    !function.attrs.iter().any(conditional)
        && !has_any(body, &["use", "mod", "cfg", "cfg_attr", "macro_rules"])
}

fn has_any(tokens: &TokenStream, words: &[&str]) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => words.iter().any(|other| word == other),
        TokenTree::Group(group) => has_any(&group.stream(), words),
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    })
}

/// The call that says which slices are reached: each module with the name of the slice that it is, empty where it is none: then
/// the name in the outer block is found.
pub(crate) fn expand(modules: &BTreeSet<Vec<String>>) -> String {
    let entries = modules.iter().map(|module| {
        let is_absolute = module.first().is_some_and(String::is_empty);
        let module = if is_absolute { &module[1..] } else { &module[..] };
        let segments: Vec<String> = module.iter().map(|segment| ident(segment)).collect();
        let (written, absolute) = (literal(&named(module)), if is_absolute { "::" } else { "" });
        format!(
            "({written}, {{
                #[allow(unused_imports)]
                use ::orion::__private::no_slice::*;
                {{
                    #[allow(unused_imports)]
                    use {absolute}{}::*;
                    SLICE_TABLES.name
                }}
            }})",
            segments.join("::")
        )
    });
    let entries: Vec<String> = entries.collect();
    if entries.is_empty() { String::new() } else { format!(".reaches(&[{}])", entries.join(", ")) }
}

fn ident(segment: &str) -> String {
    let plain = FROM.contains(&segment) || syn::parse_str::<Ident>(segment).is_ok();
    if plain { segment.to_owned() } else { format!("r#{segment}") }
}
