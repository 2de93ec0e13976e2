//! Elements and their attributes.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Lit, LitStr};

use super::{Tokens, block, control, is_brace, is_mark};
use crate::markup::model::{Attribute, Element, Part};

/// The element that begins here.
pub(super) fn element(tokens: &mut Tokens) -> Element {
    let at = tokens.peek().cloned().expect("an element begins with a token");
    let (written, _, _) = name(tokens);
    let name = if written.is_empty() { "div".to_owned() } else { written };
    let mut element = Element { name, at, attributes: Vec::new(), body: Vec::new() };
    loop {
        match tokens.peek() {
            Some(TokenTree::Punct(mark)) if mark.as_char() == '.' => class(tokens),
            Some(TokenTree::Punct(mark)) if mark.as_char() == '#' => element.attributes.extend(id(tokens)),
            Some(TokenTree::Ident(_) | TokenTree::Literal(_)) => element.attributes.push(attribute(tokens)),
            Some(token) if is_mark(token, ';') => {
                tokens.next();
                return element;
            }
            Some(token) => {
                if let Some(group) = is_brace(token) {
                    element.body = block(group);
                    tokens.next();
                }
                return element;
            }
            None => return element,
        }
    }
}

/// `.name`, `."name"`, `.(name)`, with `[condition]` behind it or not.
fn class(tokens: &mut Tokens) {
    tokens.next();
    if tokens.next_if(|token| matches!(token, TokenTree::Group(_))).is_none() {
        name(tokens);
    }
    tokens.next_if(is_bracket);
}

/// `#name`, `#"name"`, `#{"name-" (id)}`.
fn id(tokens: &mut Tokens) -> Option<Attribute> {
    let at = tokens.next()?;
    let value = if let TokenTree::Group(_) = tokens.peek()? {
        value(tokens)
    } else {
        let (text, _, _) = name(tokens);
        vec![Part::Text(LitStr::new(&text, at.span()))]
    };
    Some(Attribute { name: "id".into(), at: at.into(), key: TokenStream::new(), value })
}

fn attribute(tokens: &mut Tokens) -> Attribute {
    let (name, at, key) = name(tokens);
    tokens.next_if(|token| is_mark(token, '?'));
    let value = if tokens.next_if(|token| is_mark(token, '=')).is_some() {
        value(tokens)
    } else {
        tokens.next_if(is_bracket);
        Vec::new()
    };
    Attribute { name, at, key, value }
}

/// A name, its tokens, and those behind its first colon: `data-on:click`.
fn name(tokens: &mut Tokens) -> (String, TokenStream, TokenStream) {
    let (mut name, mut at, mut key) = (String::new(), TokenStream::new(), TokenStream::new());
    loop {
        if let Some(token) =
            tokens.next_if(|token| matches!(token, TokenTree::Ident(_) | TokenTree::Literal(_)))
        {
            name.push_str(&text(&token));
            if name.contains(':') {
                key.extend([token.clone()]);
            }
            at.extend([token]);
        }
        let Some(mark) = tokens.next_if(|token| is_mark(token, '-') || is_mark(token, ':')) else {
            return (name, at, key);
        };
        if name.contains(':') {
            key.extend([mark.clone()]);
        }
        name.push(if is_mark(&mark, '-') { '-' } else { ':' });
        at.extend([mark]);
    }
}

/// The value of an attribute: a literal, a splice, a block of both, or what depends on a condition.
fn value(tokens: &mut Tokens) -> Vec<Part> {
    match tokens.next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            let mut inner = group.stream().into_iter().peekable();
            let mut parts = Vec::new();
            while inner.peek().is_some() {
                parts.extend(value(&mut inner));
            }
            parts
        }
        Some(TokenTree::Group(group)) => vec![Part::Code(group.stream())],
        Some(TokenTree::Punct(mark)) if mark.as_char() == '@' => {
            let _ = control(tokens);
            while tokens.next_if(|token| is_mark(token, '@')).is_some() {
                let _ = control(tokens);
            }
            vec![Part::Code(TokenStream::new())]
        }
        Some(TokenTree::Literal(literal)) => match Lit::new(literal) {
            Lit::Str(text) => vec![Part::Text(text)],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn text(token: &TokenTree) -> String {
    match token {
        TokenTree::Literal(literal) => match Lit::new(literal.clone()) {
            Lit::Str(text) => text.value(),
            _ => literal.to_string(),
        },
        token => token.to_string(),
    }
}

fn is_bracket(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}
