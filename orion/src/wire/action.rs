//! Typed links and actions: the paths of commands and pages with their parameters filled in.

use std::fmt::{self, Display, Write as _};

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
/// Prints as `@post('/todos/7/toggle')`. Whatever the path holds, nothing of it can leave the quotes.
///
/// ```
/// use orion::Action;
/// use orion::decl::Method;
///
/// let toggle = Action::new(Method::Post, orion::wire::path("/todos/{id}/toggle", &[&7]));
/// assert_eq!(toggle.to_string(), "@post('/todos/7/toggle')");
/// assert_eq!(toggle.form().to_string(), "@post('/todos/7/toggle',{contentType:'form'})");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "an action does nothing by itself: `data-on:click=(toggle::action(id))`"]
pub struct Action {
    method: Method,
    path: String,
    form: bool,
    sends: Option<&'static str>,
}

impl Action {
    /// Calls `method` on `path`, which is a path from [`path`].
    pub fn new(method: Method, path: String) -> Self {
        Self { method, path, form: false, sends: None }
    }

    /// Sends the object that this JavaScript makes at the moment of the call, instead of the signals. So one element can listen for many
    /// inside of it, and say which of them it was:
    ///
    /// ```
    /// use orion::Action;
    /// use orion::decl::Method;
    ///
    /// let choose = Action::new(Method::Post, "/seats".into()).sending("{seat: evt.target.value}");
    /// assert_eq!(
    ///     choose.to_string(),
    ///     "@post('/seats',{payload:{seat: evt.target.value},requestCancellation:'disabled'})"
    /// );
    /// ```
    ///
    /// Of two calls of one action Datastar gives the first one up when the second begins, which is right for drafts that replace one
    /// another. These do not: each is sent.
    ///
    /// It is a program's text. What users wrote has no place in it.
    pub fn sending(self, object: &'static str) -> Self {
        Self { sends: Some(object), ..self }
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
        write!(f, "@{}('", self.method.action())?;
        write_quoted(f, &self.path)?;
        match self.sends {
            Some(object) => write!(f, "',{{payload:{object},requestCancellation:'disabled'}})"),
            None => f.write_str(if self.form { "',{contentType:'form'})" } else { "')" }),
        }
    }
}

/// Writes the inside of a JavaScript string. All that a path need not hold is escaped: quotes, and also `$` and `@`, which begin
/// signals and actions in Datastar's expressions.
fn write_quoted(f: &mut fmt::Formatter<'_>, path: &str) -> fmt::Result {
    for c in path.chars() {
        if c.is_ascii_alphanumeric() || "/-._~%?&=#:;,+*()!{}[]".contains(c) {
            f.write_char(c)?;
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(f, "\\u{unit:04x}")?;
            }
        }
    }
    Ok(())
}

impl Render for Action {
    fn render_to(&self, buffer: &mut String) {
        self.to_string().render_to(buffer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_fill_the_parameters_in_their_order() {
        assert_eq!(path("/a/{b}/c/{*d}", &[&1, &"x y/ü"]), "/a/1/c/x%20y%2F%C3%BC");
        assert_eq!(path("/a/{b}", &[&"{b}'$@"]), "/a/%7Bb%7D%27%24%40");
        assert_eq!(path("/a", &[&1]), "/a");
    }

    #[test]
    fn a_path_cannot_leave_its_quotes_nor_name_a_signal_or_an_action() {
        let action = Action::new(Method::Delete, "/it's\\$x@get(1)\u{2028}😀".into());
        assert_eq!(action.to_string(), r"@delete('/it\u0027s\u005c\u0024x\u0040get(1)\u2028\ud83d\ude00')");
    }
}
