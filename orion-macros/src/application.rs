//! `orion::main! { slices: […], … }`: the composition root. Parsed to its options, checked to the slices and files that
//! they name, expanded to `main` and to the application that it runs.

mod check;
mod expand;
mod files;
mod model;

use std::path::Path;

use proc_macro2::TokenStream;
use quote::quote;

use crate::errors::Errors;
use crate::inside;
use crate::options::Options;

/// The whole macro; `root` is the folder of the application's `Cargo.toml`.
pub(crate) fn main(input: TokenStream, root: &Path) -> TokenStream {
    let mut cx = Errors::new();
    let options = Options::parse(&mut cx, input, "`orion::main!`", &["slices", "static", "name", "access"]);
    let output = expand::expand(&check::check(&mut cx, options, root));
    let errors = cx.into_tokens();
    let expansion = quote!(#output #errors);
    inside::show("main", &expansion);
    expansion
}
