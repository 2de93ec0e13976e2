//! `#[derive(Value)]`: a newtype or an enum that is stored in a column.

mod check;
mod expand;
mod model;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::errors::Errors;

/// The whole derive.
pub(crate) fn derive(input: TokenStream) -> TokenStream {
    let mut cx = Errors::new();
    let output = match syn::parse2::<DeriveInput>(input) {
        Ok(input) => expand::expand(&check::check(&mut cx, input)),
        Err(error) => {
            cx.syntax(&error);
            TokenStream::new()
        }
    };
    let errors = cx.into_tokens();
    quote!(#output #errors)
}
