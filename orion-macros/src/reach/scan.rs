//! One body, token by token.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::Reach;
use super::imports::Imports;
use super::slices;

/// What there is to be found.
pub(super) struct Scan {
    /// The names of the slice's queries.
    pub(super) queries: BTreeSet<String>,
    /// The names of its plain functions.
    pub(super) functions: BTreeSet<String>,
    pub(super) imports: Imports,
}

impl Scan {
    /// Adds what the tokens reach; `stores` are the names by which they have the store.
    pub(super) fn read(&self, reach: &mut Reach, tokens: TokenStream, stores: &BTreeSet<String>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            at = self.step(reach, &tokens, at, stores);
        }
    }

    /// Reads what begins at `at`; says where the next begins.
    fn step(&self, reach: &mut Reach, tokens: &[TokenTree], at: usize, stores: &BTreeSet<String>) -> usize {
        let (path, next) = match &tokens[at] {
            TokenTree::Ident(_) => path(tokens, at),
            TokenTree::Group(group) => {
                self.read(reach, group.stream(), stores);
                return at + 1;
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => return at + 1,
        };
        let arguments = match tokens.get(next) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => group.stream(),
            _ => {
                return self.uncalled(reach, tokens, &path, next, stores);
            }
        };
        if is_dot(tokens, at.checked_sub(1)) {
            // A method of something that is not the store: its arguments are read like anything else.
            self.read(reach, arguments, stores);
        } else {
            self.call(reach, path, arguments, stores);
        }
        next + 1
    }

    /// A name that is not called. The store's own is understood before one of its methods only.
    fn uncalled(
        &self,
        reach: &mut Reach,
        tokens: &[TokenTree],
        path: &[String],
        next: usize,
        stores: &BTreeSet<String>,
    ) -> usize {
        let [name] = path else { return next };
        if !stores.contains(name) {
            return next;
        }
        match (tokens.get(next + 1), tokens.get(next + 2)) {
            (Some(TokenTree::Ident(method)), Some(TokenTree::Group(arguments)))
                if is_dot(tokens, Some(next)) =>
            {
                self.method(reach, &method.to_string(), arguments.stream(), stores);
                next + 3
            }
            _ => {
                reach.open = true;
                next
            }
        }
    }

    /// A method of the store.
    fn method(&self, reach: &mut Reach, name: &str, arguments: TokenStream, stores: &BTreeSet<String>) {
        match name {
            "publish" => {
                match topic(arguments.clone()) {
                    Some(path) => {
                        reach.publishes.insert(named(&self.imports.full(path)));
                    }
                    None => reach.open = true,
                }
                self.read(reach, arguments, stores);
            }
            // `cx.write(move |tx| …)`: the closure has a store of its own.
            "read" | "write" => match closure(arguments) {
                Some((store, body)) => {
                    let mut stores = stores.clone();
                    stores.insert(store);
                    self.read(reach, body, &stores);
                }
                None => reach.open = true,
            },
            _ => {
                reach.open = true;
                self.read(reach, arguments, stores);
            }
        }
    }

    fn call(&self, reach: &mut Reach, path: Vec<String>, arguments: TokenStream, stores: &BTreeSet<String>) {
        let imported = self.imports.has(&path);
        let path = self.imports.full(path);
        let (last, before) = path.split_last().expect("a path has a segment");
        if !before.is_empty() {
            let owner = named(before);
            if ["region", "action", "path"].contains(&last.as_str()) {
                reach.modules.extend(slices::module(&path, 2, imported));
            }
            match last.as_str() {
                "region" => reach.shows.insert(owner),
                "action" | "path" => reach.offers.insert(owner),
                _ => false,
            };
        }
        let name = named(&path);
        let mut known = self.queries.contains(&name);
        if known {
            reach.calls.insert(name);
        } else if self.functions.contains(&name) {
            reach.functions.insert(name);
            known = true;
        } else if path.len() > 1 && passes(arguments.clone(), stores).is_some_and(|at| at == 0) {
            reach.calls.insert(name);
            reach.modules.extend(slices::module(&path, 1, imported));
            known = true;
        }
        let rest = if known { without_stores(arguments, stores) } else { arguments };
        self.read(reach, rest, stores);
    }
}

/// The path that begins at `at`, and where it ends.
fn path(tokens: &[TokenTree], mut at: usize) -> (Vec<String>, usize) {
    let mut segments = Vec::new();
    while let Some(TokenTree::Ident(segment)) = tokens.get(at) {
        segments.push(segment.to_string().trim_start_matches("r#").to_owned());
        at += 1;
        if !(is_colon(tokens, at)
            && is_colon(tokens, at + 1)
            && matches!(tokens.get(at + 2), Some(TokenTree::Ident(_))))
        {
            break;
        }
        at += 2;
    }
    (segments, at)
}

/// A path as it is recorded: from the crate's root, or from the slice.
pub(super) fn named(path: &[String]) -> String {
    let path = match path {
        [first, rest @ ..] if !rest.is_empty() && (first == "crate" || first == "self") => rest,
        path => path,
    };
    path.join("::")
}

fn is_colon(tokens: &[TokenTree], at: usize) -> bool {
    matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

fn is_dot(tokens: &[TokenTree], at: Option<usize>) -> bool {
    matches!(at.and_then(|at| tokens.get(at)), Some(TokenTree::Punct(punct)) if punct.as_char() == '.')
}

/// The arguments, each as its tokens.
fn split(arguments: TokenStream) -> Vec<Vec<TokenTree>> {
    let mut split = vec![Vec::new()];
    for token in arguments {
        match token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => split.push(Vec::new()),
            token => split.last_mut().expect("there is one").push(token),
        }
    }
    split
}

/// Whether the argument is the store and nothing else: `db`, `&cx`, `&mut tx`.
fn is_store(argument: &[TokenTree], stores: &BTreeSet<String>) -> bool {
    match argument {
        [TokenTree::Punct(reference), rest @ ..] if "&*".contains(reference.as_char()) => {
            is_store(rest, stores)
        }
        [TokenTree::Ident(name)] => stores.contains(&name.to_string()),
        _ => false,
    }
}

/// Which argument is the store.
fn passes(arguments: TokenStream, stores: &BTreeSet<String>) -> Option<usize> {
    split(arguments).iter().position(|argument| is_store(argument, stores))
}

fn without_stores(arguments: TokenStream, stores: &BTreeSet<String>) -> TokenStream {
    let rest = split(arguments).into_iter().filter(|argument| !is_store(argument, stores));
    // Something between two arguments, lest the end of one and the beginning of the next be taken for a call.
    rest.flat_map(|argument| argument.into_iter().chain(quote::quote!(,))).collect()
}

/// The path of the topic that is published: `Moved(board)`, `Moved { board }`, `Moved`.
fn topic(argument: TokenStream) -> Option<Vec<String>> {
    let tokens: Vec<TokenTree> = argument.into_iter().collect();
    let start = tokens
        .iter()
        .take_while(|token| matches!(token, TokenTree::Punct(reference) if reference.as_char() == '&'))
        .count();
    let (path, end) = path(&tokens, start);
    let complete = match &tokens[end.min(tokens.len())..] {
        [] => true,
        [TokenTree::Group(group)] => group.delimiter() != Delimiter::Bracket,
        _ => false,
    };
    // A name that begins with a small letter is a variable or a function.
    let is_type = path.last().is_some_and(|last| last.starts_with(char::is_uppercase));
    (complete && is_type).then_some(path)
}

/// The argument's name and the body of the closure that is the only argument.
fn closure(arguments: TokenStream) -> Option<(String, TokenStream)> {
    let mut tokens = arguments.into_iter().peekable();
    while matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "move" || word == "async") {
        tokens.next();
    }
    let is_bar = |token: &TokenTree| matches!(token, TokenTree::Punct(bar) if bar.as_char() == '|');
    tokens.next().filter(is_bar)?;
    let Some(TokenTree::Ident(store)) = tokens.next() else { return None };
    // Its type, if that is written.
    tokens.find(is_bar)?;
    Some((store.to_string(), tokens.collect()))
}
