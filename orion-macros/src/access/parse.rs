//! Who may, as it was written.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, Path, Token, parenthesized};

use crate::options::{self, Options};

/// The options that say it.
pub(crate) const OPTIONS: [&str; 2] = ["allow", "public"];

/// Who may, as it was written.
pub(crate) struct Written {
    pub(super) allow: Option<options::Written>,
    pub(super) public: Option<options::Written>,
    /// Whether something in the attribute could not be read: then it may have been this.
    pub(super) broken: bool,
}

impl Written {
    /// In an attribute that could not be read.
    pub(crate) fn unread() -> Self {
        Self { allow: None, public: None, broken: true }
    }
}

/// Takes what says it out of the options.
pub(crate) fn parse(options: &mut Options) -> Written {
    let [allow, public] = OPTIONS.map(|name| options.take(name));
    Written { allow, public, broken: options.broken }
}

/// The option that the tokens begin with, if it is one of these or of a page's.
pub(crate) fn begins(rest: &TokenStream) -> Option<Ident> {
    let Some(TokenTree::Ident(option)) = rest.clone().into_iter().next() else { return None };
    ["allow", "public", "title"].iter().any(|known| option == known).then_some(option)
}

/// One entry of `allow(…)`: `editor`, `crate::people::member(board)`.
pub(super) struct WrittenRole {
    pub(super) path: Path,
    pub(super) arguments: Vec<Ident>,
}

impl Parse for WrittenRole {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        // Not as a type, where `member(board)` is one.
        let path = input.call(Path::parse_mod_style)?;
        let mut arguments = Vec::new();
        if input.peek(syn::token::Paren) {
            let list;
            parenthesized!(list in input);
            arguments.extend(Punctuated::<Ident, Token![,]>::parse_terminated(&list)?);
        }
        Ok(Self { path, arguments })
    }
}
