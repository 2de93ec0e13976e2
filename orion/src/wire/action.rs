//! Typed links and actions: the paths of commands and pages with their parameters filled in.

use std::fmt::{self, Display};

use maud::Render;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::decl::Method;

/// What may stand in a path segment as it is (RFC 3986, unreserved characters).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Fills the parameters of `pattern`, `{name}` or `{*name}`, in their order, percent-encoded.
///
/// ```
/// assert_eq!(orion::wire::path("/boards/{id}/tags/{tag}", &[&7, &"a b/c"]), "/boards/7/tags/a%20b%2Fc");
/// ```
pub fn path(pattern: &str, values: &[&dyn Display]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 8 * values.len());
    let mut rest = pattern;
    for value in values {
        let (Some(open), Some(close)) = (rest.find('{'), rest.find('}')) else { break };
        filled.push_str(&rest[..open]);
        filled.extend(utf8_percent_encode(&value.to_string(), SEGMENT));
        rest = &rest[close + 1..];
    }
    filled.push_str(rest);
    filled
}

/// A Datastar action that calls a command: `button data-on:click=(toggle::action(id))`.
///
/// Prints as `@post('/todos/7/toggle')`; every value in it is percent-encoded, so nothing can leave the quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "an action does nothing by itself: `data-on:click=(toggle::action(id))`"]
pub struct Action {
    method: Method,
    path: String,
    form: bool,
}

impl Action {
    /// Calls `method` on `path`, which is a path from [`path`].
    pub fn new(method: Method, path: String) -> Self {
        Self { method, path, form: false }
    }

    /// Sends the fields of the enclosing form instead of the signals.
    pub fn form(self) -> Self {
        Self { form: true, ..self }
    }

    /// The HTTP method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The path with its parameters.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Whether the fields of the enclosing form are sent.
    pub fn is_form(&self) -> bool {
        self.form
    }
}

impl Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options = if self.form { ",{contentType:'form'}" } else { "" };
        write!(f, "@{}('{}'{options})", self.method.action(), self.path)
    }
}

impl Render for Action {
    fn render_to(&self, buffer: &mut String) {
        self.to_string().render_to(buffer);
    }
}
