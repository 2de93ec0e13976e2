//! A construct's attribute outside of a slice: one mistake, one error, and the item comes back.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

use crate::construct::Construct;
use crate::errors::Errors;
use crate::function::Function;
use crate::item::{Item, Shape};

/// The expansion of an attribute that no slice took off.
pub(crate) fn misplaced(construct: Construct, item: TokenStream) -> TokenStream {
    let mut cx = Errors::new();
    let name = construct.name();
    cx.at_span(Span::call_site(), format!("`#[{name}]` must be inside a slice"))
        .help("put it into a module with `#[orion::slice]`");
    let mut output = whole(item);
    output.extend(cx.into_tokens());
    output
}

/// The item; a function without a body gets one, so that rustc does not ask for it.
fn whole(tokens: TokenStream) -> TokenStream {
    let Ok(item) = syn::parse2::<Item>(tokens.clone()) else { return tokens };
    if item.shape != Shape::Function {
        return tokens;
    }
    match Function::of(&item) {
        Ok(function) if function.body.is_none() => function.stub(),
        _ => item.to_token_stream(),
    }
}
