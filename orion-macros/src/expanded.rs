//! What one declaration becomes.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;

/// The parts of a declaration's expansion; the slice puts them into their places.
pub(crate) struct Expanded {
    /// The user's item, at the place where it was written.
    pub(crate) item: TokenStream,
    /// What is generated beside it, after all of the user's items.
    pub(crate) generated: TokenStream,
    /// Its entry in one of `SLICE`'s lists; `None` where it is wrong, so that `SLICE` still compiles.
    pub(crate) entry: Option<TokenStream>,
}

/// What stands before a generated module: what a module of links and constants may not be warned for.
pub(crate) fn quiet() -> TokenStream {
    quote! {
        #[allow(
            dead_code, unused_imports, unused_variables, unreachable_pub, private_interfaces,
            clippy::wildcard_imports, clippy::needless_pass_by_value, clippy::must_use_candidate,
        )]
    }
}

/// What stands before a user's function: what its signature has to be like may not be held against it.
pub(crate) fn allowed() -> TokenStream {
    quote!(#[allow(clippy::missing_errors_doc, clippy::needless_pass_by_value)])
}

/// A span for generated code that shows the user's `tokens` where something is wrong with it.
pub(crate) fn located(tokens: impl ToTokens) -> Span {
    Span::call_site().located_at(tokens.span())
}
