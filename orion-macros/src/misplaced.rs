//! A construct's attribute outside of a slice: one mistake, one error, and the item comes back.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};

use crate::construct::Construct;
use crate::errors::Errors;
use crate::item::Item;

/// The expansion of an attribute that no slice took off.
pub(crate) fn misplaced(construct: Construct, item: TokenStream) -> TokenStream {
    let mut cx = Errors::new();
    let name = construct.name();
    cx.at_span(Span::call_site(), format!("`#[{name}]` must be inside a slice"))
        .help("put it into a module with `#[orion::slice]`");
    // A function without a body gets one, so that rustc does not ask for it.
    let output = syn::parse2::<Item>(item.clone()).map_or(item, |item| item.with_a_body().to_token_stream());
    let errors = cx.into_tokens();
    quote!(#[allow(unused_variables)] #output #errors)
}
