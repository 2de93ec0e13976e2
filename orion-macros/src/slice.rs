//! `#[slice] mod`: a feature module. Parsed to its items and declarations, checked one construct after the other,
//! expanded to the module with what its declarations mean, and `SLICE`.

mod check;
mod expand;
mod model;
mod parse;

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;
pub(crate) use model::SliceItem;
#[cfg(test)]
pub(crate) use {check::check, parse::parse};

/// The whole macro: whatever is wrong, the module comes out, and with it every mistake in it.
pub(crate) fn slice(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut cx = Errors::new();
    let output = match parse::parse(&mut cx, args, &item) {
        Some(written) => expand::expand(&check::check(&mut cx, written)),
        None => item,
    };
    let errors = cx.into_tokens();
    quote!(#output #errors)
}
