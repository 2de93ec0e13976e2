//! Where the names of an example stand: read off its tokens.

use std::collections::BTreeSet;
use std::error::Error;
use std::ops::Range;

use proc_macro2::{Delimiter, Ident, Literal, TokenStream, TokenTree};

use crate::site::{Class, Site, Source};
use crate::{signals, sql};

/// Arguments that are no names of the application's.
const HANDLES: [&str; 5] = ["db", "tx", "cx", "viewer", "present"];

/// What the declarations of an example name.
#[derive(Default)]
struct Names {
    tables: BTreeSet<String>,
    columns: BTreeSet<String>,
    topics: BTreeSet<String>,
    commands: BTreeSet<String>,
}

/// One item that declares something.
struct Declared<'a> {
    source: &'a Source,
    construct: String,
    /// The first literal of the attribute, or of a migration's value.
    literal: Option<Range<usize>>,
    name: String,
    /// The arguments of a function, or the fields of a struct.
    members: Vec<(String, Range<usize>)>,
}

/// Every place, in the order of the files.
pub(crate) fn sites(sources: &[Source]) -> Result<Vec<Site>, Box<dyn Error>> {
    let mut declared = Vec::new();
    let mut tokens = Vec::new();
    for source in sources {
        let stream: TokenStream =
            source.text.parse().map_err(|_| format!("{} is no Rust", source.path.display()))?;
        items(source, stream.clone(), &mut declared);
        tokens.push((source, stream));
    }
    let names = Names::of(&declared);
    let mut sites = Vec::new();
    for item in &declared {
        in_declaration(&names, item, &mut sites);
    }
    sites.extend(signals::sites(&tokens));
    for (source, stream) in tokens {
        in_code(&names, source, stream, &mut sites);
    }
    sites.sort_by(|a, b| (&a.path, a.at.start).cmp(&(&b.path, b.at.start)));
    sites.dedup_by(|a, b| a.path == b.path && a.at == b.at);
    Ok(sites)
}

impl Names {
    fn of(declared: &[Declared<'_>]) -> Self {
        let mut names = Self::default();
        for item in declared {
            match item.construct.as_str() {
                "migration" => {
                    for (table, columns) in sql::tables(item.text()) {
                        names.tables.insert(table);
                        names.columns.extend(columns);
                    }
                }
                "topic" => drop(names.topics.insert(item.name.clone())),
                "command" => drop(names.commands.insert(item.name.clone())),
                _ => {}
            }
        }
        names
    }
}

impl Declared<'_> {
    /// The literal as it stands in the source.
    fn text(&self) -> &str {
        self.literal.clone().map_or("", |at| &self.source.text[at])
    }
}

fn in_declaration(names: &Names, item: &Declared<'_>, sites: &mut Vec<Site>) {
    let start = item.literal.clone().map_or(0, |at| at.start);
    let mut add = |class, at: Range<usize>| sites.push(Site::new(class, item.source, at));
    let text = item.text();
    match item.construct.as_str() {
        "migration" | "query" => {
            for word in sql::words(text) {
                let name = text[word.clone()].to_owned();
                let at = start + word.start..start + word.end;
                if sql::is_parameter(text, &word) {
                    add(Class::Parameter, at);
                } else if names.tables.contains(&name) {
                    add(Class::Table, at);
                } else if names.columns.contains(&name) {
                    add(Class::Column, at);
                }
            }
            for (name, at) in &item.members {
                if text.contains(&format!(":{name}")) {
                    add(Class::Parameter, at.clone());
                }
            }
        }
        "command" | "page" => {
            for word in sql::words(text) {
                let parameter = text[..word.start].ends_with(['{', '*']);
                let class = if parameter { Class::Parameter } else { Class::Route };
                add(class, start + word.start..start + word.end);
            }
            parameters(item, &mut add);
        }
        "region" => parameters(item, &mut add),
        "Row" => {
            for (name, at) in item.members.iter().filter(|(name, _)| names.columns.contains(name)) {
                let _ = name;
                add(Class::Column, at.clone());
            }
        }
        _ => {}
    }
}

/// The arguments of a function, but for what orion hands to it.
fn parameters(item: &Declared<'_>, add: &mut impl FnMut(Class, Range<usize>)) {
    for (_, at) in item.members.iter().filter(|(name, _)| !HANDLES.contains(&name.as_str())) {
        add(Class::Parameter, at.clone());
    }
}

/// Topics wherever they are named, and commands where they are declared or linked to.
fn in_code(names: &Names, source: &Source, stream: TokenStream, sites: &mut Vec<Site>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => in_code(names, source, group.stream(), sites),
            TokenTree::Ident(ident) => {
                let name = ident.to_string();
                let declares = at > 0 && matches!(&tokens[at - 1], TokenTree::Ident(word) if word == "fn");
                let links = matches!(tokens.get(at + 1), Some(TokenTree::Punct(colon)) if colon.as_char() == ':')
                    && matches!(tokens.get(at + 2), Some(TokenTree::Punct(colon)) if colon.as_char() == ':');
                if names.topics.contains(&name) {
                    sites.push(Site::new(Class::Topic, source, ident.span().byte_range()));
                } else if names.commands.contains(&name) && (declares || links) {
                    sites.push(Site::new(Class::Command, source, ident.span().byte_range()));
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// Finds the items with an attribute of ours, or that derive `Row`.
fn items<'a>(source: &'a Source, stream: TokenStream, declared: &mut Vec<Declared<'a>>) {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let is_attribute = group.delimiter() == Delimiter::Bracket
            && at > 0
            && matches!(&tokens[at - 1], TokenTree::Punct(hash) if hash.as_char() == '#');
        if is_attribute {
            declared.extend(item(source, group.stream(), &tokens[at + 1..]));
        } else {
            items(source, group.stream(), declared);
        }
    }
}

fn item<'a>(source: &'a Source, attribute: TokenStream, rest: &[TokenTree]) -> Option<Declared<'a>> {
    let mut attribute = attribute.into_iter();
    let TokenTree::Ident(construct) = attribute.next()? else { return None };
    let arguments = match attribute.next() {
        Some(TokenTree::Group(arguments)) => arguments.stream(),
        _ => TokenStream::new(),
    };
    let mut construct = construct.to_string();
    if construct == "derive" && arguments.clone().into_iter().any(|token| token.to_string() == "Row") {
        "Row".clone_into(&mut construct);
    }
    if !["migration", "query", "command", "page", "region", "topic", "Row"].contains(&construct.as_str()) {
        return None;
    }
    let position = rest.iter().position(|token| matches!(token, TokenTree::Ident(word) if word == "fn" || word == "struct" || word == "const"))?;
    let TokenTree::Ident(name) = rest.get(position + 1)? else { return None };
    let after = &rest[position + 2..];
    let members = after.iter().find_map(|token| match token {
        TokenTree::Group(group) => Some(members(group.stream())),
        _ => None,
    });
    let literal = if construct == "migration" { literal(after.iter().cloned()) } else { literal(arguments) };
    let members = if construct == "migration" { Vec::new() } else { members.unwrap_or_default() };
    Some(Declared { source, construct, literal, name: name.to_string(), members })
}

/// The place of the first string, without its quotes.
fn literal(tokens: impl IntoIterator<Item = TokenTree>) -> Option<Range<usize>> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Literal(literal) => string(&literal),
        _ => None,
    })
}

/// The place of a string's text: `"…"`, `r"…"` or `r#"…"#`.
pub(crate) fn string(literal: &Literal) -> Option<Range<usize>> {
    let text = literal.to_string();
    let hashes = text.strip_prefix('r').map(|raw| raw.len() - raw.trim_start_matches('#').len());
    let (before, after) = hashes.map_or((1, 1), |hashes| (hashes + 2, hashes + 1));
    let at = literal.span().byte_range();
    text[before - 1..].starts_with('"').then(|| at.start + before..at.end - after)
}

/// `name: Type, …`: the names that a single colon follows.
pub(crate) fn members(stream: TokenStream) -> Vec<(String, Range<usize>)> {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let is_colon =
        |at: usize| matches!(tokens.get(at), Some(TokenTree::Punct(colon)) if colon.as_char() == ':');
    let member = |(at, token): (usize, &TokenTree)| match token {
        TokenTree::Ident(name) if is_colon(at + 1) && !is_colon(at + 2) && !(at > 0 && is_colon(at - 1)) => {
            Some(named(name))
        }
        _ => None,
    };
    tokens.iter().enumerate().filter_map(member).collect()
}

pub(crate) fn named(name: &Ident) -> (String, Range<usize>) {
    (name.to_string(), name.span().byte_range())
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn renamed(text: &str) -> Vec<(Class, String)> {
        let source = Source { path: PathBuf::from("src/main.rs"), text: text.to_owned() };
        let sites = sites(&[source]).expect("it is Rust");
        sites.into_iter().map(|site| (site.class, site.name)).collect()
    }

    #[test]
    fn names_in_raw_strings_are_found_where_they_stand() {
        for (open, close) in [("\"", "\""), ("r\"", "\""), ("r#\"", "\"#"), ("r##\"", "\"##")] {
            let text = format!(
                "#[migration] const A: &str = {open}create table notes (text text not null){close};
                 #[query({open}select text from notes where text = :text{close})]"
            );
            let found: Vec<_> = renamed(&(text + "fn all(db: &Db, text: &str);"));
            let found: Vec<_> = found.iter().map(|(class, name)| (*class, name.as_str())).collect();
            let in_query = [(Class::Column, "text"), (Class::Table, "notes"), (Class::Column, "text")];
            assert!(found.windows(3).any(|three| three == in_query), "{open}: {found:?}");
            assert_eq!(found.iter().filter(|(class, _)| *class == Class::Parameter).count(), 2, "{open}");
        }
    }

    #[test]
    fn signals_are_found_in_structs_markup_and_replies() {
        let found = renamed(
            r#"struct Draft { title: String, more: More } struct More { note: String } struct Other { no: String }
            fn add(draft: Signals<Draft>) { ensure!(true, title = "…"); signal("more.note", ""); no("title") }
            fn page() { html! { input data-bind:title; b data-signals="{title: ''}" data-show="$more.note" { (add::signals().more.note) } } }"#,
        );
        let names: Vec<_> = found.iter().map(|(class, name)| (*class, name.as_str())).collect();
        let expected = [
            "title", "more", "note", "title", "more", "note", "title", "title", "more", "note", "more",
            "note",
        ];
        assert_eq!(names, expected.map(|name| (Class::Signal, name)));
    }
}
