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

/// What stands before a generated module: links that nobody follows are no dead code, and a type or a visibility that
/// rustc minds is minded once, on the user's function.
pub(crate) fn quiet() -> TokenStream {
    quote!(#[allow(dead_code, private_interfaces, unreachable_pub, clippy::pedantic)])
}

/// The names that the user's types are written with.
pub(crate) fn imports() -> TokenStream {
    quote!(
        #[allow(unused_imports)]
        use super::*;
    )
}

/// What stands before a user's function: what its signature has to be like may not be held against it. A `pub` command
/// may take a private draft, because nobody calls the function: `pub` is about its links.
pub(crate) fn allowed() -> TokenStream {
    quote! {
        #[allow(
            private_interfaces,
            clippy::missing_errors_doc,
            clippy::needless_pass_by_value,
            clippy::unnecessary_wraps
        )]
    }
}

/// A span for generated code that shows the user's `tokens` where something is wrong with it.
pub(crate) fn located(tokens: impl ToTokens) -> Span {
    Span::call_site().located_at(tokens.span())
}
