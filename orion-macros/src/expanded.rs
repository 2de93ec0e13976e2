//! What one declaration becomes.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Visibility;
use syn::spanned::Spanned;

use crate::declared::Data;
use crate::function::Function;

/// The parts of a declaration's expansion; the slice puts them into their places.
#[derive(Default)]
pub(crate) struct Expanded {
    /// The user's item, at the place where it was written.
    pub(crate) item: TokenStream,
    /// What is generated beside it, after all of the user's items.
    pub(crate) beside: TokenStream,
    /// Implementations, which stand together: what may not be held against one, may not be held against any.
    pub(crate) implementations: TokenStream,
    /// What the library is told; `None` where it is wrong, so that `SLICE` still compiles.
    pub(crate) data: Option<Data>,
}

impl Expanded {
    /// An item with a type of its name, which has its links and what runs it: as another namespace it stands beside the
    /// function, where every name means what it means there.
    pub(crate) fn linked(function: &Function, doc: &str, items: &TokenStream, data: Option<Data>) -> Self {
        let (vis, name, cfg) = (&function.vis, &function.sig.ident, function.cfg());
        let doc = self::doc(function, doc);
        // Not the user's: no lint is about its name, nor about whether anyone uses it.
        let mut ours = name.clone();
        ours.set_span(located(name));
        Self {
            item: function.unless_it_returns_nothing(),
            beside: quote! {
                #(#cfg)*
                #doc
                #vis struct #ours {}
            },
            implementations: if items.is_empty() {
                TokenStream::new()
            } else {
                quote!(#(#cfg)* impl #name { #items })
            },
            data,
        }
    }

    /// An item that has nothing beside it.
    pub(crate) fn alone(item: impl ToTokens, data: Option<Data>) -> Self {
        Self { item: item.into_token_stream(), data, ..Self::default() }
    }
}

/// The documentation of a link, where others may see it.
pub(crate) fn doc(function: &Function, text: &str) -> Option<TokenStream> {
    (!matches!(function.vis, Visibility::Inherited)).then(|| quote!(#[doc = #text]))
}

/// A name that no argument has, for code that nobody sees.
pub(crate) fn own(name: &str) -> Ident {
    Ident::new(&format!("__{name}"), Span::call_site())
}

/// The name of an item in code that nobody sees.
pub(crate) fn unseen(name: &Ident) -> Ident {
    let mut unseen = name.clone();
    unseen.set_span(Span::call_site());
    unseen
}

/// A span for generated code that shows the user's `tokens` where something is wrong with it.
pub(crate) fn located(tokens: impl ToTokens) -> Span {
    Span::call_site().located_at(tokens.span())
}
