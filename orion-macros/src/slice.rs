//! `#[slice] mod`: a feature module. Parsed to its items and declarations, checked one construct after the other,
//! expanded to the module with what its declarations mean, and `SLICE`.

mod check;
mod expand;
mod model;
mod parse;

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;
use crate::recall::Memory;
use crate::said::Said;
use crate::{compiler, inside};
pub(crate) use model::SliceItem;
#[cfg(test)]
pub(crate) use {check::check, parse::parse};

/// The whole macro: whatever is wrong, the module comes out, and with it every mistake in it.
pub(crate) fn slice(args: &TokenStream, item: &TokenStream) -> TokenStream {
    let memory = Memory::of(args, item);
    if let Some(expansion) = memory.as_ref().and_then(|memory| memory.recall(args, item)) {
        return expansion;
    }
    let mut cx = Errors::new();
    let (name, output) = match parse::parse(&mut cx, args.clone(), item) {
        Some(written) => {
            let slice = check::check(&mut cx, written);
            (slice.name.clone(), expand::expand(&slice, cx.count() > 0, &said(item, cx.count() > 0)))
        }
        None => (String::new(), item.clone()),
    };
    let is_right = cx.count() == 0;
    let errors = cx.into_tokens();
    let expansion = quote!(#output #errors);
    inside::show(&name, &expansion);
    if is_right && let Some(memory) = memory {
        memory.keep(args, item, &expansion);
    }
    expansion
}

/// What is said of links. Whoever is at work on the slice, or looks at it in an editor, may say more in a moment.
fn said(item: &TokenStream, broken: bool) -> Said {
    if broken || !compiler::is_there() { Said::everything() } else { Said::of(&item.to_string()) }
}
