//! The `errors` signals: what stands beside the fields of the page that sent a request.
//!
//! The request itself says which errors the page shows, so nothing about them is kept on the server.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::extract::{fields, signals_text};
use super::input::Input;
use super::signal_name;

/// The signal that holds an error for each field.
const ERRORS: &str = "errors";

/// The errors to send: those of `found`, and an empty one for every other error that the page shows.
pub(super) fn patch(input: &Input, found: &[(Cow<'static, str>, Cow<'static, str>)]) -> Map<String, Value> {
    let mut errors = cleared(input);
    for (field, message) in found {
        signal_name::set(&mut errors, field, Value::from(&**message));
    }
    let mut signals = Map::new();
    if !errors.is_empty() {
        signals.insert(ERRORS.into(), errors.into());
    }
    signals
}

/// An empty text for every error that the page shows. A form sends no signals; there it is every field of the form.
fn cleared(input: &Input) -> Map<String, Value> {
    if let Some(text) = signals_text(input) {
        return shown(&text);
    }
    let mut errors = Map::new();
    if let Ok(fields) = fields(input, "") {
        for name in fields.names().filter(|name| signal_name::is_plain(name)) {
            signal_name::set(&mut errors, name, "".into());
        }
    }
    errors
}

fn shown(signals: &[u8]) -> Map<String, Value> {
    #[derive(Deserialize)]
    struct Page {
        #[serde(default)]
        errors: Value,
    }
    match serde_json::from_slice(signals) {
        Ok(Page { errors: Value::Object(errors) }) => emptied(errors),
        _ => Map::new(),
    }
}

/// The members that show something, emptied.
fn emptied(errors: Map<String, Value>) -> Map<String, Value> {
    let mut empty = Map::new();
    for (name, value) in errors {
        let value = match value {
            Value::Null => continue,
            Value::String(text) if text.is_empty() => continue,
            Value::Object(inner) => match emptied(inner) {
                inner if inner.is_empty() => continue,
                inner => inner.into(),
            },
            _ => "".into(),
        };
        // A client that merges this name would change the object's prototype.
        if name != "__proto__" {
            empty.insert(name, value);
        }
    }
    empty
}
