//! What a declaration is for the library, written as text. The compiler's own lexer reads it: made token by token, in a macro
//! that is compiled without optimisation, the data of an application would cost more than all of its checks.
//!
//! Only for what no message can be about: everything in it is at the place of the macro.

use std::fmt::Write as _;

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Attribute;

use crate::function::Function;

/// The data of one declaration.
#[derive(Default)]
pub(crate) struct Data {
    /// A constant, for those that are more than an entry: `const list: __orion::Region = …;`.
    pub(crate) constant: String,
    /// The entry in one of `SLICE`'s lists.
    pub(crate) entry: String,
    /// Where the constant is declared, for the library to say. One of which it says nothing has none.
    pub(crate) place: Option<Span>,
    /// What messages can be about, for the [`HOLE`]s of the constant in their order.
    pub(crate) holes: Vec<TokenStream>,
}

impl Data {
    /// A constant of the declaration's name and of one of the library's types, at the place of the declaration, under the declaration's `#[cfg]`s, and the
    /// entry that refers to it.
    pub(crate) fn constant(function: &Function, of: &str, value: &str, holes: Vec<TokenStream>) -> Self {
        let (cfg, name) = (cfg(&function.cfg()), &function.sig.ident);
        Self {
            constant: format!("{cfg} const {name}: __orion::{of} = __orion::{of}::{value};\n"),
            entry: format!("{cfg} &{DECLARED}::{name}"),
            place: Some(function.sig.ident.span()),
            holes,
        }
    }

    /// The same, where nobody is told of its place.
    pub(crate) fn without_place(self) -> Self {
        Self { place: None, ..self }
    }

    /// An entry alone.
    pub(crate) fn entry(cfg: &[Attribute], entry: &str) -> Self {
        Self { entry: format!("{} {entry}", self::cfg(cfg)), ..Self::default() }
    }
}

/// Stands in the text of a constant between a call and its parentheses, whose last argument has places of its own; not
/// inside of other parentheses.
pub(crate) const HOLE: &str = " __hole ";

/// Stands in a text for tokens that have places of their own.
pub(crate) const PLACE: &str = "__place";

/// The type in the slice's module that has the constants.
pub(crate) const DECLARED: &str = "__Declared";

/// Text as a literal of Rust's.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// A call of a builder with a list of texts, where there are some: `.reads(&["todos"])`.
pub(crate) fn call<T: AsRef<str>>(name: &str, texts: impl IntoIterator<Item = T>) -> String {
    let mut call = String::new();
    for text in texts {
        call.push_str(if call.is_empty() { "" } else { ", " });
        let _ = write!(call, "{:?}", text.as_ref());
    }
    if call.is_empty() { call } else { format!(".{name}(&[{call}])") }
}

fn cfg(attrs: &[Attribute]) -> String {
    attrs.iter().fold(String::new(), |all, attr| all + &attr.to_token_stream().to_string())
}

/// The constants, with their holes filled. What makes each of them, the first call of its value, is put in its declaration's place,
/// where it has one.
pub(crate) fn constants(text: &str, places: &[Option<Span>], holes: Vec<TokenStream>) -> TokenStream {
    let (mut places, mut holes, mut filled) = (places.iter(), holes.into_iter(), Vec::new());
    let (mut open, mut place) = (false, None);
    for mut token in tokens(text) {
        match &token {
            TokenTree::Ident(ident) if ident == HOLE.trim() => {
                open = true;
                continue;
            }
            TokenTree::Group(group) if std::mem::take(&mut open) => {
                let mut arguments = group.stream();
                arguments.extend(holes.next());
                token = Group::new(group.delimiter(), arguments).into();
            }
            _ => {}
        }
        if let Some(place) = place {
            token.set_span(place);
        }
        match &token {
            TokenTree::Punct(mark) if mark.as_char() == '=' => place = places.next().copied().flatten(),
            TokenTree::Group(_) => place = None,
            _ => {}
        }
        filled.push(token);
    }
    filled.into_iter().collect()
}

/// The tokens of the text, with these in the [`PLACE`]s of it.
pub(crate) fn placed(text: &str, places: &[TokenStream]) -> TokenStream {
    let tokens = tokens(text);
    if places.is_empty() { tokens } else { fill(tokens, &mut places.iter()) }
}

fn fill<'a>(tokens: TokenStream, places: &mut impl Iterator<Item = &'a TokenStream>) -> TokenStream {
    let mut filled = TokenStream::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) if ident == PLACE => filled.extend(places.next().cloned()),
            TokenTree::Group(group) => {
                let delimiter = group.delimiter();
                filled.extend([TokenTree::from(Group::new(delimiter, fill(group.stream(), places)))]);
            }
            token => filled.extend([token]),
        }
    }
    filled
}

/// The tokens of the text.
///
/// # Panics
/// Where it is none of Rust's: then its writer is wrong.
pub(crate) fn tokens(text: &str) -> TokenStream {
    crate::lexed(text).unwrap_or_else(|| panic!("orion wrote what cannot be read:\n{text}"))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn a_hole_is_the_last_argument() {
        let text = format!("const a: A = new{HOLE}(\"a\", ); const b: A = new(1).on{HOLE}();");
        let filled = constants(&text, &[], vec![quote!(|x| y), quote!(z)]);
        let expected = quote!(
            const a: A = new("a", |x| y);
            const b: A = new(1).on(z);
        );
        assert_eq!(filled.to_string(), expected.to_string());
    }

    #[test]
    fn a_place_is_filled_wherever_it_is() {
        let text = format!("a {PLACE} {{ b: [{PLACE}], c }}");
        let filled = placed(&text, &[quote!(x y), quote!((z))]);
        assert_eq!(filled.to_string(), quote!(a x y { b: [(z)], c }).to_string());
    }

    #[test]
    fn any_text_is_a_literal_that_means_it() {
        for text in ["", "a \"b\" \\ {}", "'\r\n\t\0", "ä\u{2028}\u{301}🦀"] {
            let literal: syn::LitStr = syn::parse2(tokens(&literal(text))).expect("a literal");
            assert_eq!(literal.value(), text);
        }
    }
}
