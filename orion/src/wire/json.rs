//! JSON of a request.

use serde::de::DeserializeOwned;

use super::rejection::Rejection;
use super::shape;

/// Reads a `T` from JSON: malformed JSON is status 400, well-formed JSON of another shape is 422.
///
/// Nesting deeper than 128 is malformed, as `serde_json` sees it: the reader's stack is safe from the input.
pub(super) fn read<T: DeserializeOwned>(text: &[u8], whole: &'static str) -> Result<T, Rejection> {
    serde_json::from_slice(text).or_else(|error| {
        if error.is_data() {
            // Read once more, keeping track of the path to the fault.
            shape::read(&mut serde_json::Deserializer::from_slice(text), whole)
        } else {
            Err(Rejection::Malformed(format!("{whole} are not well-formed JSON.").into()))
        }
    })
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
    fn deep_nesting_is_malformed_and_does_not_overflow_the_stack() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read_signals::<Value>(&nested(127)).is_ok());
        assert!(matches!(read_signals::<Value>(&nested(128)), Err(Rejection::Malformed(_))));
        assert!(matches!(read_signals::<Value>(&nested(1_000_000)), Err(Rejection::Malformed(_))));

        let ignored = format!("{{\"unknown\": {}}}", nested(100_000));
        let _ = read_signals::<Nothing>(&ignored);
    }
}
