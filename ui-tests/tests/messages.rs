//! Every message that a compilation can end with is shown by a ui-test: counted by reading the sources of the macros, of the
//! proofs in constants, and of the traits that explain themselves.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Messages that no program in a file can bring about, and why.
const UNSEEN: &[(&str, &str)] = &[
    (
        "the files in `{folder}` cannot be read: {error}",
        "a folder without permission, or a name that is not UTF-8",
    ),
    (
        "`build.rs` does not tell Cargo of a new file in `{folder}`",
        "the package of these programs has no `build.rs`; `folder.rs` shows it",
    ),
];

#[test]
fn every_message_of_the_macros_has_a_program_that_shows_it() {
    let mut messages = Vec::new();
    for source in sources(&["orion-macros/src"]) {
        collect(source, &mut messages);
    }
    every_one_is_shown("messages of the macros", messages, 100);
}

#[test]
fn every_piece_of_a_message_of_a_proof_has_a_program_that_shows_it() {
    let mut pieces = Vec::new();
    for source in sources(&["orion/src/closure", "orion/src/access_check.rs", "orion/src/row_check.rs"]) {
        collect_pieces(source, &mut pieces);
    }
    every_one_is_shown("pieces of the proofs' messages", pieces, 50);
}

#[test]
fn every_trait_that_explains_itself_has_a_program_that_shows_it() {
    let mut texts = Vec::new();
    for source in sources(&["orion/src"]) {
        collect_diagnostics(source, &mut texts);
    }
    every_one_is_shown("texts of traits", texts, 20);
}

/// Looks for each of the texts, of which there must be `least`, in what the programs beside this file are told.
fn every_one_is_shown(what: &str, mut texts: Vec<String>, least: usize) {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let shown: Vec<String> =
        files(&[here.join("tests"), here.join("tour")], "stderr").iter().map(|file| words(file)).collect();
    texts.sort();
    texts.dedup();
    assert!(texts.len() > least, "only {} {what} were found", texts.len());
    let missing: Vec<&String> = texts
        .iter()
        .filter(|text| UNSEEN.iter().all(|(unseen, _)| unseen != text))
        .filter(|text| !shown.iter().any(|shown| shows(shown, text)))
        .collect();
    println!("{} {what}, {} ui-tests, {} that none shows", texts.len(), shown.len(), missing.len());
    assert!(missing.is_empty(), "no ui-test shows {missing:#?}");
}

/// The tokens of the sources in these folders and files of the workspace.
fn sources(paths: &[&str]) -> Vec<TokenStream> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let paths: Vec<PathBuf> = paths.iter().map(|path| root.join(path)).collect();
    files(&paths, "rs").iter().map(|source| source.parse().expect("Rust")).collect()
}

/// The text of every file with this extension that is no test.
fn files(paths: &[PathBuf], extension: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for path in paths {
        if path.is_dir() {
            let entries = fs::read_dir(path).expect("a folder");
            let below: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
            texts.extend(files(&below, extension));
        } else if path.extension().is_some_and(|other| other == extension) && !path.ends_with("tests.rs") {
            texts.push(fs::read_to_string(path).expect("a text"));
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

/// The texts of several words: what a message in a constant is put together from. Tests and attributes have others.
fn collect_pieces(tokens: TokenStream, pieces: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let behind = |word: &str| at > 0 && tokens[at - 1].to_string() == word;
        match token {
            TokenTree::Group(group)
                if group.delimiter() == Delimiter::Bracket && (behind("#") || behind("!")) => {}
            TokenTree::Group(_) if behind("tests") => {}
            TokenTree::Group(group) => collect_pieces(group.stream(), pieces),
            TokenTree::Literal(_) => {
                let piece = text(token.clone().into()).filter(|piece| words(piece).contains(' '));
                pieces.extend(piece);
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// The texts in `#[diagnostic::on_unimplemented(…)]`.
fn collect_diagnostics(tokens: TokenStream, texts: &mut Vec<String>) {
    let mut is_diagnostic = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_diagnostic => {
                texts.extend(group.stream().into_iter().filter_map(|token| text(token.into())));
            }
            TokenTree::Group(group) => collect_diagnostics(group.stream(), texts),
            TokenTree::Ident(word) => is_diagnostic = word == "on_unimplemented",
            TokenTree::Literal(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// The first string: the message itself, or the template in `format!(…)`.
fn text(tokens: TokenStream) -> Option<String> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Literal(literal) => {
            let literal = literal.to_string();
            Some(literal.strip_prefix('"')?.strip_suffix('"')?.replace("\\\"", "\"").replace("\\n", "\n"))
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
