//! `#[slice] mod`: a feature module. Parsed to its items and declarations, checked one construct after the other,
//! expanded to the module with what its declarations mean, and `SLICE`.

mod check;
mod expand;
mod model;
mod parse;

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;
use crate::inside;
pub(crate) use model::SliceItem;
#[cfg(test)]
pub(crate) use {check::check, parse::parse};

/// The whole macro: whatever is wrong, the module comes out, and with it every mistake in it.
pub(crate) fn slice(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut cx = Errors::new();
    let (name, output) = match parse::parse(&mut cx, args, &item) {
        Some(written) => {
            let slice = check::check(&mut cx, written);
            (slice.name.clone(), expand::expand(&slice, cx.count() > 0))
        }
        None => (String::new(), item),
    };
    let errors = cx.into_tokens();
    let expansion = quote!(#output #errors);
    inside::show(&name, &expansion);
    expansion
}
