//! The words of a piece of SQL, with their places.

use std::ops::Range;

/// The words and parameters of the text, each with its place. Strings and comments hold none.
pub(crate) fn words(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut words, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        if bytes[at] == b'\'' {
            at += 1;
            while at < bytes.len() && bytes[at] != b'\'' {
                at += 1;
            }
        } else if is_word(bytes[at]) {
            let start = at;
            while at < bytes.len() && is_word(bytes[at]) {
                at += 1;
            }
            words.push(start..at);
            continue;
        }
        at += 1;
    }
    words
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether the word is a parameter, `:title`.
pub(crate) fn is_parameter(text: &str, word: &Range<usize>) -> bool {
    text[..word.start].ends_with(':')
}

/// The tables that the text creates, each with its columns.
pub(crate) fn tables(text: &str) -> Vec<(String, Vec<String>)> {
    let mut tables = Vec::new();
    let lower = text.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower[from..].find("create table ") {
        let start = from + found + "create table ".len();
        let Some(open) = text[start..].find('(') else { break };
        let name = text[start..start + open].trim().to_owned();
        let body = inside(&text[start + open + 1..]);
        tables.push((name, columns(body)));
        from = start + open;
    }
    tables
}

/// The text up to the parenthesis that closes.
fn inside(text: &str) -> &str {
    let mut depth = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => return &text[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    text
}

fn columns(body: &str) -> Vec<String> {
    const CONSTRAINTS: [&str; 5] = ["primary", "foreign", "unique", "check", "constraint"];
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in body.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&body[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&body[start..]);
    let first = parts.iter().filter_map(|part| part.split_whitespace().next());
    first.filter(|word| !CONSTRAINTS.contains(word)).map(str::to_owned).collect()
}
