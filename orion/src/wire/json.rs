//! JSON of a request.

use serde::de::DeserializeOwned;

use super::rejection::Rejection;
use super::shape;

/// How deep lists and objects may stand in one another: as deep as `serde_json` goes, so that the reader's stack is safe from the input.
const DEEPEST: usize = 127;

/// Reads a `T` from JSON: JSON that is malformed or nested too deep is status 400, well-formed JSON of another shape is 422.
pub(super) fn read<T: DeserializeOwned>(text: &[u8], whole: &'static str) -> Result<T, Rejection> {
    if depth(text) > DEEPEST {
        return Err(Rejection::Malformed(format!("{whole} are nested more than {DEEPEST} deep.").into()));
    }
    serde_json::from_slice(text).or_else(|error| {
        if error.is_data() {
            // Read once more, keeping track of the path to the fault.
            shape::read(&mut serde_json::Deserializer::from_slice(text), whole)
        } else {
            Err(Rejection::Malformed(format!("{whole} are not well-formed JSON.").into()))
        }
    })
}

/// How deep the text is nested, of whatever a `T` would read or pass over.
fn depth(text: &[u8]) -> usize {
    let (mut depth, mut deepest, mut quoted) = (0_usize, 0, false);
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        match byte {
            // What a backslash stands before does not end the text.
            b'\\' if quoted => drop(bytes.next()),
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[derive(serde::Deserialize)]
    struct Nothing {}

    fn read_signals<T: DeserializeOwned>(text: &str) -> Result<T, Rejection> {
        read(text.as_bytes(), "The signals")
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        for text in ["", "{", "{a: 1}", "{} {}", "{\"a\": \"\n\"}", "NaN"] {
            let sentence = Rejection::Malformed("The signals are not well-formed JSON.".into());
            assert_eq!(read_signals::<Value>(text), Err(sentence), "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_whether_it_is_read_or_passed_over() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read_signals::<Value>(&nested(127)).is_ok());
        let sentence = Rejection::Malformed("The signals are nested more than 127 deep.".into());
        for depth in [128, 1_000_000] {
            assert_eq!(read_signals::<Value>(&nested(depth)), Err(sentence.clone()), "{depth}");
        }
        let ignored = |depth| format!("{{\"unknown\": {}}}", nested(depth));
        assert!(read_signals::<Nothing>(&ignored(126)).is_ok());
        assert_eq!(read_signals::<Nothing>(&ignored(127)).err(), Some(sentence));
        let brackets = format!(r#"{{"text": "\\\"{}"}}"#, "[".repeat(1000));
        assert!(read_signals::<Value>(&brackets).is_ok());
    }
}
