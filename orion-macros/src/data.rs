//! What a declaration is for the library, written as text. The compiler's own lexer reads it: made token by token, in a macro
//! that is compiled without optimisation, the data of an application would cost more than all of its checks.
//!
//! Only for what no message can be about: everything in it is at the place of the macro.

use std::fmt::Write as _;

use proc_macro2::{Group, TokenStream, TokenTree};

/// Stands in the text of a value between a call and its parentheses, whose last argument has places of its own; not
/// inside of other parentheses.
pub(crate) const HOLE: &str = " __hole ";

/// Stands in a text for tokens that have places of their own.
pub(crate) const PLACE: &str = "__place";

/// Text as a literal of Rust's.
pub(crate) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// A call of a builder with a list of texts, where there are some: `.reads(&["todos"])`.
pub(crate) fn call<T: AsRef<str>>(name: &str, texts: impl IntoIterator<Item = T>) -> String {
    let list = list(texts);
    if list == "&[]" { String::new() } else { format!(".{name}({list})") }
}

/// A list of texts: `&["todos"]`.
pub(crate) fn list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    let mut list = String::new();
    for text in texts {
        list.push_str(if list.is_empty() { "" } else { ", " });
        let _ = write!(list, "{:?}", text.as_ref());
    }
    format!("&[{list}]")
}

/// The tokens of the text, with its holes filled.
pub(crate) fn filled(text: &str, holes: Vec<TokenStream>) -> TokenStream {
    let (mut holes, mut filled, mut open) = (holes.into_iter(), Vec::new(), false);
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
        let filled = filled(&text, vec![quote!(|x| y), quote!(z)]);
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
