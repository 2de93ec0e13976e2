//! Reads markup: maud's syntax, in tokens.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use syn::Lit;

use super::model::{Attribute, Element, Loop, Node, Part};

/// The markup of every `html! { … }` in the tokens, those within another's splices too.
pub(super) fn find(tokens: &TokenStream) -> Vec<Vec<Node>> {
    let mut found = Vec::new();
    find_into(&mut found, tokens.clone());
    found
}

fn find_into(found: &mut Vec<Vec<Node>>, tokens: TokenStream) {
    let mut tokens = tokens.into_iter().peekable();
    // How much of `html!` the tokens before were.
    let mut seen = 0;
    while let Some(token) = tokens.next() {
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

fn element(tokens: &mut Tokens) -> Element {
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
    let value = match tokens.peek()? {
        TokenTree::Group(_) => value(tokens),
        _ => {
            let (text, words, _) = name(tokens);
            let span = words.into_iter().next().map_or_else(|| at.span(), |word| word.span());
            vec![Part::Text(syn::LitStr::new(&text, span))]
        }
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

fn is_bracket(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

fn is_brace(token: &TokenTree) -> Option<&Group> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group),
        _ => None,
    }
}
