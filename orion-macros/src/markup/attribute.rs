//! What Datastar makes of an attribute: which signals it names. As in its source, version 1.0.4.

use super::model::{Attribute, Part};
use syn::LitStr;

/// What an attribute is for, as far as signals go.
pub(super) enum Meaning {
    /// `data-bind:title`, `data-bind="title"`: binds the signal of this name.
    Bind(String),
    /// Makes a signal of this name, by an expression where it has one.
    Declare(String),
    /// `data-signals="{a: 1}"`: makes the signals that are the members of an object.
    Object,
    /// Runs an expression.
    Run,
    /// Nothing, or nothing that can be told.
    Nothing,
}

impl Meaning {
    /// Whether the value is an expression.
    pub(super) fn is_expression(&self) -> bool {
        matches!(self, Self::Declare(_) | Self::Object | Self::Run)
    }
}

/// What the attribute is for.
pub(super) fn meaning(attribute: &Attribute) -> Meaning {
    let Some(rest) = attribute.name.strip_prefix("data-") else { return Meaning::Nothing };
    let mut parts = rest.split("__");
    let plugin = parts.next().unwrap_or_default();
    let (plugin, key) = match plugin.split_once(':') {
        Some((plugin, key)) => (plugin, Some(key)),
        None => (plugin, None),
    };
    // `__case` has a name written in another way: who uses it knows what they do.
    let plain = !parts.any(|modifier| modifier.starts_with("case"));
    let named = || match key {
        Some(key) => Some(of_key(key)).filter(|_| plain),
        None => attribute.literal().map(LitStr::value).or_else(|| before_code(&attribute.value)),
    };
    match plugin {
        "bind" => named().map_or(Meaning::Nothing, Meaning::Bind),
        "signals" | "computed" if key.is_none() => Meaning::Object,
        "signals" | "computed" | "ref" | "indicator" => named().map_or(Meaning::Nothing, Meaning::Declare),
        "on" | "on-intersect" | "on-interval" | "on-signal-patch" | "init" | "effect" | "text" | "show"
        | "class" | "attr" | "style" => Meaning::Run,
        _ => Meaning::Nothing,
    }
}

/// The signal of a key. HTML has no capitals in the names of attributes, and Datastar makes `first-name` `firstName`.
pub(super) fn of_key(key: &str) -> String {
    let mut name = String::new();
    let mut capital = false;
    for letter in key.to_ascii_lowercase().chars() {
        match letter {
            '-' if !capital => capital = true,
            letter if capital && letter.is_ascii_lowercase() => {
                name.push(letter.to_ascii_uppercase());
                capital = false;
            }
            letter => {
                if std::mem::take(&mut capital) {
                    name.push('-');
                }
                name.push(letter);
                capital = letter == '-';
            }
        }
    }
    if capital {
        name.push('-');
    }
    name
}

/// The key that makes this signal.
pub(super) fn to_key(signal: &str) -> String {
    let mut key = String::new();
    for letter in signal.chars() {
        if letter.is_ascii_uppercase() {
            key.push('-');
        }
        key.push(letter.to_ascii_lowercase());
    }
    key
}

/// The whole members at the beginning of a name that ends in code: `add` of `{"add.c" (id)}`.
fn before_code(value: &[Part]) -> Option<String> {
    let [Part::Text(text), ..] = value else { return None };
    text.value().rsplit_once('.').map(|(whole, _)| whole.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_signal_as_in_datastar() {
        for (key, signal) in [
            ("title", "title"),
            ("first-name", "firstName"),
            ("firstName", "firstname"),
            ("first_name", "first_name"),
            ("edit.my-title", "edit.myTitle"),
            ("a-1", "a-1"),
            ("a-b-c", "aBC"),
        ] {
            assert_eq!(of_key(key), signal);
        }
        assert_eq!(of_key(&to_key("firstName")), "firstName");
    }
}
