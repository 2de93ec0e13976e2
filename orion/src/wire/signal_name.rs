//! Names of signals: parts with dots between them, which nest.

use serde_json::{Map, Value};

/// How deep a name nests. Whatever dots are left stay in the last part.
const DEEPEST: usize = 32;

/// Sets the signal `name` in `signals`: `a.b` is the member `b` of the object `a`. What is in the way is replaced.
pub(super) fn set(signals: &mut Map<String, Value>, name: &str, value: Value) {
    let mut object = signals;
    let mut parts = name.splitn(DEEPEST, '.').peekable();
    while let Some(part) = parts.next() {
        let member = object.entry(part).or_insert(Value::Null);
        if parts.peek().is_none() {
            *member = value;
            return;
        }
        if !member.is_object() {
            *member = Value::Object(Map::new());
        }
        let Value::Object(inner) = member else { return };
        object = inner;
    }
}

/// Sets everything of `more` in `signals`, object by object.
pub(super) fn merge(signals: &mut Map<String, Value>, more: Map<String, Value>) {
    for (name, value) in more {
        match (signals.get_mut(&name), value) {
            (Some(Value::Object(there)), Value::Object(inner)) => merge(there, inner),
            (Some(there), value) => *there = value,
            (None, value) => {
                signals.insert(name, value);
            }
        }
    }
}

/// Whether `name` can be written as `$name` in an expression and is sent back by the client: parts of ASCII letters, digits
/// and `_` that begin with a letter. (What begins with `_` stays in the page.)
pub(super) fn is_plain(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn all(names: &[&str]) -> Value {
        let mut signals = Map::new();
        for name in names {
            set(&mut signals, name, json!(1));
        }
        signals.into()
    }

    #[test]
    fn dots_nest() {
        assert_eq!(all(&["a.b", "a.c", "d"]), json!({ "a": { "b": 1, "c": 1 }, "d": 1 }));
    }

    #[test]
    fn what_is_in_the_way_is_replaced() {
        assert_eq!(all(&["a", "a.b"]), json!({ "a": { "b": 1 } }));
        assert_eq!(all(&["a.b", "a"]), json!({ "a": 1 }));
    }

    #[test]
    fn merging_keeps_what_the_other_does_not_name() {
        let Value::Object(mut signals) = json!({ "a": { "b": 1, "c": 1 }, "d": 1 }) else { unreachable!() };
        let Value::Object(more) = json!({ "a": { "c": 2 }, "d": { "e": 2 }, "f": 2 }) else { unreachable!() };
        merge(&mut signals, more);
        assert_eq!(Value::from(signals), json!({ "a": { "b": 1, "c": 2 }, "d": { "e": 2 }, "f": 2 }));
    }

    #[test]
    fn a_million_dots_do_not_nest_a_million_deep() {
        assert!(all(&[&".".repeat(1_000_000)]).is_object());
    }

    #[test]
    fn a_plain_name_is_a_path_of_identifiers() {
        for name in ["title", "address.street2", "a_b"] {
            assert!(is_plain(name), "{name}");
        }
        for name in ["", ".", "a.", "a..b", "_a", "a._b", "a-b", "2a", "a b", "ä", "a'", "$a"] {
            assert!(!is_plain(name), "{name}");
        }
    }
}
