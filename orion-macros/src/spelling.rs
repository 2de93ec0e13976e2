//! Rust spelled for a message: types as a person writes them, lists as a person reads them.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens of a type without the spaces that a token stream prints.
pub(crate) fn spell(ty: impl ToTokens) -> String {
    let mut text = String::new();
    spell_into(&mut text, ty.into_token_stream());
    text
}

fn spell_into(text: &mut String, tokens: TokenStream) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                text.push_str(open);
                spell_into(text, group.stream());
                text.push_str(close);
            }
            TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => {
                text.push(punct.as_char());
                text.push(' ');
            }
            TokenTree::Punct(punct) => text.push(punct.as_char()),
            word => {
                if text.ends_with(|last: char| last.is_alphanumeric() || last == '_') {
                    text.push(' ');
                }
                text.push_str(&word.to_string());
            }
        }
    }
}

/// Names in a row: `` `a`, `b` and `c` ``.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_reads_as_it_was_written() {
        for ty in ["Option<Vec<u8>>", "&mut Tx", "(i64, &str)", "[u8; 3]", "a::B<dyn C>"] {
            let parsed: syn::Type = syn::parse_str(ty).expect("a type");
            assert_eq!(spell(parsed), ty);
        }
    }

    #[test]
    fn a_list_ends_with_and() {
        assert_eq!(list([]), "");
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
    }
}
