//! Reads markup: maud's syntax, in tokens.

mod element;

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use self::element::element;
use super::model::{Loop, Node, Part};

/// The markup of every `html! { … }` in the tokens, those within another's splices too.
pub(super) fn find(tokens: &TokenStream) -> Vec<Vec<Node>> {
    let mut found = Vec::new();
    find_into(&mut found, tokens.clone());
    found
}

fn find_into(found: &mut Vec<Vec<Node>>, tokens: TokenStream) {
    // How much of `html!` the tokens before were.
    let mut seen = 0;
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => seen = usize::from(ident == "html"),
            TokenTree::Punct(mark) if mark.as_char() == '!' && seen == 1 => seen = 2,
            TokenTree::Group(group) if seen == 2 => {
                seen = 0;
                let nodes = block(&group);
                code(&nodes, &mut |inner| find_into(found, inner.clone()));
                found.push(nodes);
            }
            TokenTree::Group(group) => {
                seen = 0;
                find_into(found, group.stream());
            }
            _ => seen = 0,
        }
    }
}

/// The Rust code in markup, in its order.
fn code(nodes: &[Node], visit: &mut dyn FnMut(&TokenStream)) {
    super::model::each(nodes, &mut |node| match node {
        Node::Code(tokens) => visit(tokens),
        Node::Loop(repeated) => visit(&repeated.over),
        Node::Element(element) => {
            for part in element.attributes.iter().flat_map(|attribute| &attribute.value) {
                if let Part::Code(tokens) = part {
                    visit(tokens);
                }
            }
        }
        Node::Block(_) => {}
    });
}

type Tokens = Peekable<proc_macro2::token_stream::IntoIter>;

fn block(group: &Group) -> Vec<Node> {
    let mut tokens = group.stream().into_iter().peekable();
    let mut nodes = Vec::new();
    while tokens.peek().is_some() {
        nodes.extend(node(&mut tokens));
    }
    nodes
}

/// The next thing; at least one token is taken.
fn node(tokens: &mut Tokens) -> Option<Node> {
    match tokens.peek()? {
        TokenTree::Ident(_) => return Some(Node::Element(element(tokens))),
        TokenTree::Punct(mark) if matches!(mark.as_char(), '.' | '#') => {
            return Some(Node::Element(element(tokens)));
        }
        _ => {}
    }
    match tokens.next()? {
        TokenTree::Punct(mark) if mark.as_char() == '@' => control(tokens),
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(Node::Block(block(&group))),
        TokenTree::Group(group) => Some(Node::Code(group.stream())),
        _ => None,
    }
}

/// What follows `@`.
fn control(tokens: &mut Tokens) -> Option<Node> {
    let Some(TokenTree::Ident(keyword)) = tokens.next() else { return None };
    if keyword == "let" {
        return Some(Node::Code(until(tokens, |token| is_mark(token, ';')).0));
    }
    let (head, body) = until(tokens, |token| is_brace(token).is_some());
    let body = body.as_ref().and_then(is_brace);
    match keyword.to_string().as_str() {
        "for" => {
            let mut head = head.into_iter();
            let pattern = head.by_ref().take_while(|token| !is_word(token, "in")).collect();
            let body = body.map(block).unwrap_or_default();
            Some(Node::Loop(Loop { pattern, over: head.collect(), body }))
        }
        "while" => {
            let body = body.map(block).unwrap_or_default();
            Some(Node::Loop(Loop { pattern: TokenStream::new(), over: head, body }))
        }
        "match" => {
            let arms = body.map(arms).unwrap_or_default();
            Some(Node::Block([Node::Code(head)].into_iter().chain(arms).collect()))
        }
        // `if`, `else`, `else if`, and whatever maud will not know.
        _ => {
            let nodes = body.map(block).unwrap_or_default();
            Some(Node::Block([Node::Code(head)].into_iter().chain(nodes).collect()))
        }
    }
}

/// What stands behind the arrows of a `@match`.
fn arms(group: &Group) -> Vec<Node> {
    let mut tokens = group.stream().into_iter().peekable();
    let mut nodes = Vec::new();
    while tokens.peek().is_some() {
        until(&mut tokens, |token| is_mark(token, '='));
        if tokens.next_if(|token| is_mark(token, '>')).is_some() {
            nodes.extend(node(&mut tokens));
            tokens.next_if(|token| is_mark(token, ','));
        }
    }
    nodes
}

/// The tokens before the first that `ends`, and that one.
fn until(tokens: &mut Tokens, ends: impl Fn(&TokenTree) -> bool) -> (TokenStream, Option<TokenTree>) {
    let mut before = TokenStream::new();
    for token in tokens.by_ref() {
        if ends(&token) {
            return (before, Some(token));
        }
        before.extend([token]);
    }
    (before, None)
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_brace(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
