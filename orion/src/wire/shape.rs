//! What is wrong with the shape of an input, said from what serde says of it.
//!
//! Serde's own words can hold parts of the input. Of those only names and kinds are repeated that are made of letters, digits
//! and a few harmless signs.

use std::fmt::Display;

use serde::de::{DeserializeOwned, Deserializer};
use serde_path_to_error::Path;

use super::rejection::Rejection;

/// The longest part of serde's words that is repeated, in bytes.
const LONGEST: usize = 80;

/// Reads a `T`, or says what is not as it should be: a field, or `whole` ("The signals").
pub(super) fn read<'de, T, D>(from: D, whole: &str) -> Result<T, Rejection>
where
    T: DeserializeOwned,
    D: Deserializer<'de, Error: Display>,
{
    serde_path_to_error::deserialize(from).map_err(|error| {
        Rejection::WrongShape(sentence(whole, error.path(), &error.inner().to_string()).into())
    })
}

fn sentence(whole: &str, path: &Path, message: &str) -> String {
    let at_top = path.iter().len() == 0;
    let path = path.to_string();
    // Serde reports these two at the object that they are missing from, or in twice.
    let member = |name: &str| field(&if at_top { name.into() } else { format!("{path}.{name}") });
    if let Some(name) = quoted(message, "missing field `") {
        return format!("{} is missing.", member(name));
    }
    if let Some(name) = quoted(message, "duplicate field `") {
        return format!("{} is there twice.", member(name));
    }
    if quoted(message, "unknown field `").is_some() {
        return "There is a field that does not belong here.".into();
    }
    let subject = if at_top { whole.into() } else { field(&path) };
    match expected(message) {
        Some(kind) => format!("{subject} must be {kind}."),
        None => format!("{subject} is not what it should be."),
    }
}

/// The text between `prefix` and the next backquote.
fn quoted<'a>(message: &'a str, prefix: &str) -> Option<&'a str> {
    message.strip_prefix(prefix)?.split_once('`').map(|(name, _)| name)
}

/// The name in backquotes, if it is fit to be repeated.
fn field(name: &str) -> String {
    let fit = |b: u8| b.is_ascii_alphanumeric() || b"_-.[]".contains(&b);
    if name.len() <= LONGEST && name.bytes().all(fit) { format!("`{name}`") } else { "A field".into() }
}

/// What serde says was expected, in plain words where it names a type.
fn expected(message: &str) -> Option<&str> {
    let (_, kind) = message.rsplit_once(", expected ")?;
    let kind = kind.split(" at line ").next()?;
    let fit = |b: u8| b.is_ascii_alphanumeric() || b"_-., `".contains(&b);
    if kind.len() > LONGEST || !kind.bytes().all(fit) {
        return None;
    }
    Some(match kind {
        "i8" => "a whole number from -128 to 127",
        "i16" => "a whole number from -32768 to 32767",
        "i32" | "i64" | "i128" | "isize" => "a whole number",
        "u8" => "a whole number from 0 to 255",
        "u16" => "a whole number from 0 to 65535",
        "u32" | "u64" | "u128" | "usize" => "a whole number from 0 up",
        "f32" | "f64" => "a number",
        "a boolean" => "true or false",
        "a string" | "a borrowed string" => "text",
        "a sequence" => "a list",
        "struct Upload" => "a file",
        _ if kind == "a map" || kind.starts_with("struct ") => "an object",
        _ => kind,
    })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::Deserializer;

    use super::*;

    #[derive(Deserialize, Debug)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code)]
    struct Draft {
        title: String,
        #[serde(default)]
        count: u8,
        #[serde(default)]
        kind: Kind,
        #[serde(default)]
        inner: Vec<Inner>,
    }
    #[derive(Deserialize, Debug, Default)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        #[default]
        Big,
        Small,
    }
    #[derive(Deserialize, Debug)]
    #[allow(dead_code)]
    struct Inner {
        name: String,
        #[serde(default)]
        extra: std::collections::HashMap<String, bool>,
    }

    fn said(json: &str) -> String {
        match read::<Draft, _>(&mut Deserializer::from_str(json), "The signals").unwrap_err() {
            Rejection::WrongShape(sentence) => sentence.into(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_field_and_what_it_must_be_are_named() {
        assert_eq!(said("{}"), "`title` is missing.");
        assert_eq!(said(r#"{"title": 1}"#), "`title` must be text.");
        assert_eq!(said(r#"{"title": "", "count": 300}"#), "`count` must be a whole number from 0 to 255.");
        assert_eq!(said(r#"{"title": "", "count": "x"}"#), "`count` must be a whole number from 0 to 255.");
        assert_eq!(said(r#"{"title": "", "inner": [{"name": ""}, {}]}"#), "`inner[1].name` is missing.");
        assert_eq!(said(r#"{"title": "", "inner": 1}"#), "`inner` must be a list.");
        assert_eq!(said(r#"{"title": "", "title": ""}"#), "`title` is there twice.");
        assert_eq!(said("[]"), "The signals must be an object.");
        assert_eq!(said("7"), "The signals must be an object.");
        assert_eq!(said(r#"{"title": "", "kind": "<b>"}"#), "`kind` must be `big` or `small`.");
    }

    #[test]
    fn nothing_of_the_input_is_repeated_but_harmless_names() {
        assert_eq!(said(r#"{"title": "", "<b>": 1}"#), "There is a field that does not belong here.");
        assert_eq!(
            said(r#"{"title": "", "count": ", expected <b>"}"#),
            "`count` must be a whole number from 0 to 255."
        );
        assert_eq!(
            said(r#"{"title": "", "inner": [{"name": "", "extra": {"<b>": 1}}]}"#),
            "A field must be true or false."
        );
    }
}
