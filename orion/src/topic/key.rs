//! Keys: short names for the values of a key column. Only names: what the value was cannot be told from one.

use std::fmt;

use hmac_sha256::Hash;

use crate::value::Value;

/// So many bytes of a text's digest name it.
const DIGEST: usize = 16;

/// The name of a key: values that SQLite finds equal, under `collate binary`, have the same one.
///
/// Two different texts could have the same name, in theory; a change of one would then render what shows the other too,
/// which is harmless.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(Name);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Name {
    Null,
    Integer(i64),
    /// A real that is no integer, by its bits.
    Real(u64),
    Text([u8; DIGEST]),
    Blob([u8; DIGEST]),
}

impl Key {
    /// The name of `null`.
    pub const NULL: Self = Self(Name::Null);

    /// The name of an integer.
    pub const fn integer(value: i64) -> Self {
        Self(Name::Integer(value))
    }

    /// The name of a real; that of the integer which it equals, if there is one.
    #[allow(clippy::cast_possible_truncation, reason = "compared just before")]
    pub fn real(value: f64) -> Self {
        // The powers of two at both ends are reals themselves, so nothing is rounded here.
        let is_integer = (-TWO_TO_63..TWO_TO_63).contains(&value) && value.fract() == 0.0;
        Self(if is_integer { Name::Integer(value as i64) } else { Name::Real(value.to_bits()) })
    }

    /// The name of a text, given in UTF-8 or in whatever else was stored as text.
    pub fn text(bytes: &[u8]) -> Self {
        Self(Name::Text(digest(bytes)))
    }

    /// The name of a blob.
    pub fn blob(bytes: &[u8]) -> Self {
        Self(Name::Blob(digest(bytes)))
    }
}

const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

fn digest(bytes: &[u8]) -> [u8; DIGEST] {
    let whole = Hash::hash(bytes);
    let mut short = [0; DIGEST];
    short.copy_from_slice(&whole[..DIGEST]);
    short
}

impl From<Value<'_>> for Key {
    fn from(value: Value<'_>) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Integer(value) => Self::integer(value),
            Value::Real(value) => Self::real(value),
            Value::Text(value) => Self::text(value.as_bytes()),
            Value::Blob(value) => Self::blob(value),
        }
    }
}

/// Digits, small letters and `-` only.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = |f: &mut fmt::Formatter<'_>, bytes: &[u8]| {
            bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
        };
        match &self.0 {
            Name::Null => f.write_str("null"),
            Name::Integer(value) => value.fmt(f),
            Name::Real(bits) => write!(f, "r{bits:016x}"),
            Name::Text(digest) => f.write_str("t").and_then(|()| digits(f, digest)),
            Name::Blob(digest) => f.write_str("b").and_then(|()| digits(f, digest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_equal_have_one_name() {
        assert_eq!(Key::real(7.0), Key::integer(7));
        assert_eq!(Key::real(-0.0), Key::integer(0));
        assert_eq!(Key::real(-TWO_TO_63), Key::integer(i64::MIN));
        assert_ne!(Key::real(TWO_TO_63), Key::integer(i64::MAX));
        assert_ne!(Key::real(7.5), Key::integer(7));
    }

    #[test]
    fn values_of_different_classes_have_different_names() {
        let names = [Key::NULL, Key::integer(1), Key::real(1.5), Key::text(b"1"), Key::blob(b"1")];
        let texts: std::collections::BTreeSet<_> = names.iter().map(ToString::to_string).collect();
        assert_eq!(texts.len(), names.len());
    }

    #[test]
    fn the_name_of_a_text_does_not_tell_it() {
        assert_eq!(Key::from(Value::Text("ada")), Key::text(b"ada"));
        assert_eq!(Key::text(b"ada").to_string(), "tfdee430d40bd57deeac186cd9790033d");
    }
}
