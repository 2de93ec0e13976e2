//! `#[derive(Row)]`: a struct that a row is read into, and the slice's view of all such structs.

mod check;
mod expand;
mod model;
mod rows;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::errors::Errors;

pub(crate) use rows::{Open, Rows, derives, ways_out, why_null};

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
