//! Which element of a page is meant.

use serde_json::{Value as Json, json};
use std::fmt;

/// An element: the first that matches a CSS selector, or the first of those that shows a text.
///
/// ```
/// use orion_tests::browser::Target;
///
/// let by_selector: Target = "#add".into();
/// let by_text: Target = ("li button", "milk").into();
/// assert_eq!(by_text.to_string(), r#"`li button` with "milk""#);
/// # let _ = by_selector;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    css: String,
    text: Option<String>,
}

impl From<&str> for Target {
    fn from(css: &str) -> Self {
        Self { css: css.to_owned(), text: None }
    }
}

impl From<(&str, &str)> for Target {
    fn from((css, text): (&str, &str)) -> Self {
        Self { css: css.to_owned(), text: Some(text.to_owned()) }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.text {
            Some(text) => write!(f, "`{}` with {text:?}", self.css),
            None => write!(f, "`{}`", self.css),
        }
    }
}

impl Target {
    /// As [`IN_PAGE`]'s `find` takes it.
    pub(super) fn argument(&self) -> Json {
        json!([self.css, self.text])
    }
}

/// What every script in a page begins with. `shown` is the text that a person sees: nothing of what is not
/// displayed, blanks collapsed.
pub(super) const IN_PAGE: &str = r"
    const shown = (e) => (e.checkVisibility() ? e.innerText ?? e.textContent : '').replace(/\s+/g, ' ').trim();
    const all = (css) => [...document.querySelectorAll(css)];
    const find = ([css, text]) => all(css).find((e) => text === null || shown(e).includes(text));
";
