//! Every message that the macros have is shown by a ui-test: counted by reading the macros' sources.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};

/// Messages that no program in a file can bring about, and why.
const UNSEEN: &[(&str, &str)] = &[(
    "the files in `{folder}` cannot be read: {error}",
    "a folder without permission, or a name that is not UTF-8",
)];

#[test]
fn every_message_has_a_program_that_shows_it() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shown: Vec<String> =
        files(&[here.join("tests"), here.join("tour")], "stderr").iter().map(|file| words(file)).collect();
    let mut messages = Vec::new();
    for source in files(&[here.join("../orion-macros/src")], "rs") {
        collect(source.parse().expect("Rust"), &mut messages);
    }
    messages.sort();
    messages.dedup();
    assert!(messages.len() > 80, "the macros have only {} messages", messages.len());
    let missing: Vec<&String> = messages
        .iter()
        .filter(|message| UNSEEN.iter().all(|(unseen, _)| unseen != message))
        .filter(|message| !shown.iter().any(|text| shows(text, message)))
        .collect();
    println!(
        "{} messages of the macros, {} ui-tests, {} messages that none shows",
        messages.len(),
        shown.len(),
        missing.len()
    );
    assert!(missing.is_empty(), "no ui-test shows {missing:#?}");
}

/// The text of every file with this extension.
fn files(folders: &[PathBuf], extension: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                texts.extend(files(&[path], extension));
            } else if path.extension().is_some_and(|other| other == extension) {
                texts.push(fs::read_to_string(path).expect("a text"));
            }
        }
    }
    texts
}

/// What is given to `cx.at(place, …)`, `cx.at_span` and `cx.warn`, as far as it is written there.
fn collect(tokens: TokenStream, messages: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let called =
            |name: &str| at > 1 && tokens[at - 1].to_string() == name && tokens[at - 2].to_string() == ".";
        if ["at", "at_span", "warn"].into_iter().any(called) {
            let arguments: Vec<TokenTree> = group.stream().into_iter().collect();
            let comma = arguments.iter().position(|token| token.to_string() == ",");
            let second = comma.map(|comma| arguments[comma + 1..].iter().cloned().collect());
            messages.extend(second.and_then(text));
        }
        collect(group.stream(), messages);
    }
}

/// The first string: the message itself, or the template in `format!(…)`.
fn text(tokens: TokenStream) -> Option<String> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Literal(literal) => {
            let literal = literal.to_string();
            Some(literal.strip_prefix('"')?.strip_suffix('"')?.replace("\\\"", "\""))
        }
        TokenTree::Group(group) => text(group.stream()),
        TokenTree::Ident(_) | TokenTree::Punct(_) => None,
    })
}

/// Whether the parts of the template between its placeholders stand in the text, one after the other.
fn shows(text: &str, template: &str) -> bool {
    let mut rest = text;
    let template = template.replace("{{", "\u{1}").replace("}}", "\u{2}");
    for (at, part) in template.split('{').enumerate() {
        let part = if at == 0 { part } else { part.split_once('}').map_or("", |(_, part)| part) };
        let part = words(&part.replace('\u{1}', "{").replace('\u{2}', "}"));
        match rest.find(&part) {
            Some(found) => rest = &rest[found + part.len()..],
            None => return false,
        }
    }
    true
}

/// The text with one blank between words: rustc indents what follows the first line.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
