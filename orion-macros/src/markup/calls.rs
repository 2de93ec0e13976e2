//! Calls in the body of a function that name a signal.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{Lit, LitStr};

/// The calls in one body that may name a signal. Its tokens are walked once: each group of the compiler's costs a call to it.
#[derive(Default)]
pub(super) struct Calls {
    /// The literals that are the first argument of a call, with the name of what is called: `Reply::signal("title", …)`.
    literals: Vec<(String, LitStr)>,
    /// `title` of every `ensure!(…, title = …)`.
    pub(super) messages: Vec<Ident>,
}

impl Calls {
    pub(super) fn of(tokens: &TokenStream) -> Self {
        let mut calls = Self::default();
        calls.walk(&collected(tokens.clone()));
        calls
    }

    /// The literals that are the first argument of a call of one of `functions`.
    pub(super) fn literals(&self, functions: &[&str]) -> impl Iterator<Item = &LitStr> {
        let called = |name: &str| functions.contains(&name);
        self.literals.iter().filter(move |(name, _)| called(name)).map(|(_, literal)| literal)
    }

    fn walk(&mut self, tokens: &[TokenTree]) {
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            let arguments = collected(group.stream());
            match &tokens[..at] {
                [.., TokenTree::Ident(name), TokenTree::Punct(mark)]
                    if mark.as_char() == '!' && name == "ensure" =>
                {
                    self.messages.extend(field(&arguments));
                }
                [.., TokenTree::Ident(name)] if group.delimiter() == Delimiter::Parenthesis => {
                    self.literals.extend(literal(&arguments).map(|literal| (name.to_string(), literal)));
                }
                _ => {}
            }
            self.walk(&arguments);
        }
    }
}

fn collected(tokens: TokenStream) -> Vec<TokenTree> {
    tokens.into_iter().collect()
}

/// The text that is the first of these arguments.
fn literal(arguments: &[TokenTree]) -> Option<LitStr> {
    let Some(TokenTree::Literal(first)) = arguments.first() else { return None };
    if let Lit::Str(text) = Lit::new(first.clone()) { Some(text) } else { None }
}

/// `title` of `(…, title = …)`.
fn field(tokens: &[TokenTree]) -> Option<Ident> {
    let comma =
        tokens.iter().position(|token| matches!(token, TokenTree::Punct(mark) if mark.as_char() == ','))?;
    match &tokens[comma + 1..] {
        [TokenTree::Ident(name), TokenTree::Punct(mark), next, ..]
            if mark.as_char() == '=' && !matches!(next, TokenTree::Punct(mark) if mark.as_char() == '=') =>
        {
            Some(name.clone())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn text(names: &[Ident]) -> Vec<String> {
        names.iter().map(Ident::to_string).collect()
    }

    #[test]
    fn a_message_names_its_field() {
        let Calls { messages, .. } = Calls::of(&quote! {
            ensure!(a == b, title = "x");
            if x { orion::ensure!(list.iter().all(|a, b| true), name = format!("{a}")); }
            ensure!(mine, Forbidden);
            ensure!(mine, a == b);
            assert!(x, y = 1);
        });
        assert_eq!(text(&messages), ["title", "name"]);
    }

    #[test]
    fn only_a_literal_is_told() {
        let calls = Calls::of(&quote!(
            Reply::signal("a", 1).and_signal(&format!("b"), 2).and_signal("c", field("d", 1))
        ));
        assert_eq!(
            calls.literals(&["signal", "and_signal"]).map(LitStr::value).collect::<Vec<_>>(),
            ["a", "c"]
        );
    }
}
