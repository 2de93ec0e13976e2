//! A script for the page to run: by Datastar's convention an element that is appended to the body.

use std::borrow::Cow;
use std::fmt::Write;
use std::time::Duration;

use maud::Render;

use super::{Head, PATCH_ELEMENTS};
use crate::wire::encode::{self, Buffer, Encode};

/// Runs JavaScript in the page, once.
///
/// The text cannot end its element: in `</script`, `<script`, `<!--`, `</html`, `</head` and `</body` the `<` is written as
/// `\u003C`, which is the same character in a string, a template, a regular expression and in JSON. Values belong into the
/// text as JSON, never by pasting.
///
/// ```
/// use orion::wire::{Encode, ExecuteScript};
///
/// let script = ExecuteScript::new("log('</script>')");
/// assert_eq!(
///     script.encode(),
///     "event: datastar-patch-elements\ndata: selector body\ndata: mode append\n\
///      data: elements <script data-effect=\"el.remove()\">log('\\u003C/script>')</script>\n\n",
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a script does nothing until it is sent"]
pub struct ExecuteScript<'a> {
    head: Head<'a>,
    auto_remove: bool,
    attributes: String,
    script: Cow<'a, str>,
}

impl<'a> ExecuteScript<'a> {
    /// Runs this text.
    pub fn new(script: impl Into<Cow<'a, str>>) -> Self {
        Self {
            head: Head::default(),
            auto_remove: true,
            attributes: String::new(),
            script: inside_element(script.into()),
        }
    }

    /// Says whether the element is removed after it ran: so it is unless said.
    pub fn auto_remove(self, yes: bool) -> Self {
        Self { auto_remove: yes, ..self }
    }

    /// Adds an attribute to the element. The value is escaped. Characters that no attribute's name can have are taken out of
    /// the name; an attribute whose name has no other is left out.
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        let name: String = name.chars().filter(|&c| stands_in_a_name(c)).collect();
        if !name.is_empty() {
            let mut escaped = String::with_capacity(value.len());
            value.render_to(&mut escaped);
            let escaped = escaped.replace('\n', "&#10;").replace('\r', "&#13;");
            // Writing to a `String` cannot fail.
            let _ = write!(self.attributes, " {name}=\"{escaped}\"");
        }
        self
    }

    /// Sets the id that a client sends back as `last-event-id` when it reconnects. Line breaks and NUL are taken out.
    pub fn id(mut self, id: impl Into<Cow<'a, str>>) -> Self {
        self.head.id = Some(encode::id(id.into()));
        self
    }

    /// Sets how long a client waits before it reconnects, as [`Retry`](super::Retry) does; 1 s, the default, is not written.
    pub fn retry(mut self, wait: Duration) -> Self {
        self.head.retry = Some(wait);
        self
    }
}

impl Encode for ExecuteScript<'_> {
    fn encode_into(&self, out: &mut impl Buffer) {
        self.head.encode_into(PATCH_ELEMENTS, out);
        encode::line(out, "data: selector ", "body");
        encode::line(out, "data: mode ", "append");
        out.put("data: elements <script");
        if self.auto_remove {
            out.put(" data-effect=\"el.remove()\"");
        }
        out.put(&self.attributes);
        out.put(">");
        for (at, line) in encode::lines(&self.script).enumerate() {
            if at > 0 {
                out.put("\ndata: elements ");
            }
            out.put(line);
        }
        out.put("</script>\n\n");
    }
}

/// What follows the `<` that may not stand in the text of a script. The first three move the HTML parser out of it or into a
/// state that its end tag does not leave (WHATWG HTML, 13.1.1.1 "Restrictions for contents of script elements"); for the
/// others Datastar takes the whole patch for a document.
const TAGS: [&str; 6] = ["/script", "script", "!--", "/html", "/head", "/body"];

fn inside_element(script: Cow<'_, str>) -> Cow<'_, str> {
    let mut safe = String::new();
    let mut copied = 0;
    for (at, _) in script.match_indices('<') {
        let after = &script.as_bytes()[at + 1..];
        if !TAGS
            .iter()
            .any(|tag| after.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag.as_bytes())))
        {
            continue;
        }
        safe.push_str(&script[copied..at]);
        // A backslash that already stands before it, and is not escaped itself, begins the escape.
        let backslashes = script[..at].bytes().rev().take_while(|&b| b == b'\\').count();
        safe.push_str(if backslashes % 2 == 0 { "\\u003C" } else { "u003C" });
        copied = at + 1;
    }
    if copied == 0 {
        return script;
    }
    safe.push_str(&script[copied..]);
    safe.into()
}

/// WHATWG HTML, 13.1.2.3 "Attributes", and no `<`, which reads like a tag.
fn stands_in_a_name(c: char) -> bool {
    !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | '\'' | '>' | '<' | '/' | '=')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_cannot_leave_its_element() {
        for text in ["</script>", "</SCRIPT\n>", "<!-- <script>", "</body>", "</Html>", "</head"] {
            let script = ExecuteScript::new(text).encode();
            let body = script.split_once("el.remove()\">").unwrap().1;
            assert_eq!(body.matches('<').count(), 1, "{script}");
        }
        assert_eq!(inside_element("a < b; c</d; '<\\/script>'".into()), "a < b; c</d; '<\\/script>'");
    }

    #[test]
    fn an_escape_that_is_already_begun_is_not_begun_twice() {
        assert_eq!(inside_element(r"'\</script>'".into()), r"'\u003C/script>'");
        assert_eq!(inside_element(r"'\\</script>'".into()), r"'\\\u003C/script>'");
    }

    #[test]
    fn an_attribute_cannot_leave_its_quotes_nor_its_line() {
        let script =
            ExecuteScript::new("").attribute("ty pe\n", "a\"b\r\n<c>").attribute("\" >", "gone").encode();
        assert!(
            script.contains(
                "<script data-effect=\"el.remove()\" type=\"a&quot;b&#13;&#10;&lt;c&gt;\"></script>"
            )
        );
        assert!(!script.contains("gone"));
    }
}
