//! Calls in the body of a function that name a signal.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::{Lit, LitStr};

/// The literals that are the first argument of a call of one of `functions`: `Reply::signal("title", …)`.
pub(super) fn literal_of(tokens: &TokenStream, functions: &[&str]) -> Vec<LitStr> {
    let mut found = Vec::new();
    each_call(tokens, &mut |name, arguments| {
        if functions.iter().any(|function| name == function)
            && let Some(TokenTree::Literal(first)) = arguments.stream().into_iter().next()
            && let Lit::Str(text) = Lit::new(first)
        {
            found.push(text);
        }
    });
    found
}

/// `title` of every `ensure!(…, title = …)`.
pub(super) fn messages(tokens: &TokenStream) -> Vec<Ident> {
    let mut found = Vec::new();
    let mut ensure = false;
    walk(tokens, &mut |before, token, _| match token {
        TokenTree::Punct(mark) if mark.as_char() == '!' => {
            ensure = matches!(before, Some(TokenTree::Ident(name)) if name == "ensure");
        }
        TokenTree::Group(group) if std::mem::take(&mut ensure) => found.extend(field(group)),
        _ => ensure = false,
    });
    found
}

/// `title` of `(…, title = …)`.
fn field(group: &Group) -> Option<Ident> {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
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

fn each_call(tokens: &TokenStream, visit: &mut dyn FnMut(&Ident, &Group)) {
    walk(tokens, &mut |_, token, after| {
        if let (TokenTree::Ident(name), Some(TokenTree::Group(group))) = (token, after)
            && group.delimiter() == Delimiter::Parenthesis
        {
            visit(name, group);
        }
    });
}

/// The token before, the token, the one after.
type Visit<'a> = dyn FnMut(Option<&TokenTree>, &TokenTree, Option<&TokenTree>) + 'a;

/// Each token, with the one before and the one after it in its group; what is in a group comes after the group.
fn walk(tokens: &TokenStream, visit: &mut Visit<'_>) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        visit(at.checked_sub(1).and_then(|before| tokens.get(before)), token, tokens.get(at + 1));
        if let TokenTree::Group(group) = token {
            walk(&group.stream(), visit);
        }
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
        let found = messages(&quote! {
            ensure!(a == b, title = "x");
            if x { orion::ensure!(list.iter().all(|a, b| true), name = format!("{a}")); }
            ensure!(mine, Forbidden);
            ensure!(mine, a == b);
            assert!(x, y = 1);
        });
        assert_eq!(text(&found), ["title", "name"]);
    }

    #[test]
    fn only_a_literal_is_told() {
        let found = literal_of(
            &quote!(Reply::signal("a", 1).and_signal(&format!("b"), 2).and_signal("c", field("d", 1))),
            &["signal", "and_signal"],
        );
        assert_eq!(found.iter().map(LitStr::value).collect::<Vec<_>>(), ["a", "c"]);
    }
}
