//! Where signals are named: in the structs that commands take, and in the markup and the replies that say the same names.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use proc_macro2::{TokenStream, TokenTree};

use crate::names::{members, named, string};
use crate::site::{Class, Site, Source};

/// What takes the name of a signal, or of its message, as its first argument.
const CALLS: [&str; 4] = ["field_error", "field_error_of", "signal", "and_signal"];

/// A struct's fields with their places, and the words of their types.
struct Struct<'a> {
    source: &'a Source,
    fields: Vec<(String, Range<usize>)>,
    words: BTreeSet<String>,
}

/// Every place, in all of the sources.
pub(crate) fn sites(sources: &[(&Source, TokenStream)]) -> Vec<Site> {
    let (mut structs, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (source, stream) in sources {
        declarations(source, stream.clone(), &mut structs, &mut taken);
    }
    let mut sites = Vec::new();
    let mut names = BTreeSet::new();
    let mut todo: Vec<String> = taken.into_iter().collect();
    while let Some(name) = todo.pop() {
        // A struct in a struct is a signal in a signal.
        let Some(found) = structs.remove(&name) else { continue };
        todo.extend(found.words);
        for (name, at) in found.fields {
            sites.push(Site::new(Class::Signal, found.source, at));
            names.insert(name);
        }
    }
    for (source, stream) in sources {
        in_code(&names, source, stream.clone(), &mut sites);
    }
    sites
}

/// The structs, by their names, and which of them are taken as `Signals<…>`.
fn declarations<'a>(
    source: &'a Source,
    stream: TokenStream,
    structs: &mut BTreeMap<String, Struct<'a>>,
    taken: &mut BTreeSet<String>,
) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1), tokens.get(at + 2)) {
            (TokenTree::Ident(word), Some(TokenTree::Ident(name)), Some(TokenTree::Group(fields)))
                if word == "struct" =>
            {
                let words = words(fields.stream());
                let fields = members(fields.stream());
                structs.insert(name.to_string(), Struct { source, fields, words });
            }
            (TokenTree::Ident(word), Some(TokenTree::Punct(_)), Some(TokenTree::Ident(name)))
                if word == "Signals" =>
            {
                taken.insert(name.to_string());
            }
            (TokenTree::Group(group), ..) => declarations(source, group.stream(), structs, taken),
            _ => {}
        }
    }
}

fn words(stream: TokenStream) -> BTreeSet<String> {
    stream.into_iter().filter_map(|token| Some(word(Some(&token))?.0)).collect()
}

fn in_code(names: &BTreeSet<String>, source: &Source, stream: TokenStream, sites: &mut Vec<Site>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let mut add = |at: Range<usize>| {
        if names.contains(&source.text[at.clone()]) {
            sites.push(Site::new(Class::Signal, source, at));
        }
    };
    for (at, token) in tokens.iter().enumerate() {
        let before = |text: &str| is_before(&tokens[..at], text);
        match token {
            TokenTree::Ident(_) if before("data-bind:") => add(named_at(token)),
            TokenTree::Literal(literal) => {
                let Some(at) = string(literal) else { continue };
                in_expression(&source.text[at.clone()], at.start, &mut add);
                if before("data-bind=") {
                    path(&source.text[at.clone()], at.start, &mut add);
                }
                if before("data-signals=") {
                    keys(&source.text[at.clone()], at.start, &mut add);
                }
            }
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let called = at.checked_sub(1).and_then(|at| word(tokens.get(at)));
                if called.is_some_and(|(name, _)| CALLS.contains(&name.as_str()))
                    && let Some(TokenTree::Literal(literal)) = inside.first()
                    && let Some(at) = string(literal)
                {
                    path(&source.text[at.clone()], at.start, &mut add);
                }
                if before("ensure!") {
                    let messages = inside.windows(2).filter(|pair| pair[1].to_string() == "=");
                    messages.filter_map(|pair| word(Some(&pair[0]))).for_each(|(_, at)| add(at));
                }
                if before("signals") {
                    let mut rest = tokens[at + 1..].iter();
                    while rest.next().is_some_and(|dot| dot.to_string() == ".") {
                        let Some((_, at)) = word(rest.next()) else { break };
                        add(at);
                    }
                }
            }
            _ => {}
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            in_code(names, source, group.stream(), sites);
        }
    }
}

fn word(token: Option<&TokenTree>) -> Option<(String, Range<usize>)> {
    match token {
        Some(TokenTree::Ident(name)) => Some(named(name)),
        _ => None,
    }
}

fn named_at(token: &TokenTree) -> Range<usize> {
    token.span().byte_range()
}

/// Whether the tokens end with this text.
fn is_before(tokens: &[TokenTree], text: &str) -> bool {
    let last = &tokens[tokens.len().saturating_sub(4)..];
    last.iter().map(ToString::to_string).collect::<String>().ends_with(text)
}

/// `$edit.title && …`
fn in_expression(text: &str, start: usize, add: &mut impl FnMut(Range<usize>)) {
    for (at, _) in text.match_indices('$') {
        let rest = &text[at + 1..];
        let end = rest.find(|letter| !is_of_path(letter)).unwrap_or(rest.len());
        path(&rest[..end], start + at + 1, add);
    }
}

fn is_of_path(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '.'
}

/// `edit.title`
fn path(text: &str, start: usize, add: &mut impl FnMut(Range<usize>)) {
    let mut at = start;
    for part in text.split('.') {
        add(at..at + part.len());
        at += part.len() + 1;
    }
}

/// `{edit: {title: ''}}`
fn keys(text: &str, start: usize, add: &mut impl FnMut(Range<usize>)) {
    for (end, _) in text.match_indices(':') {
        let from = text[..end].rfind(|letter| !is_of_path(letter)).map_or(0, |at| at + 1);
        add(start + from..start + end);
    }
}
