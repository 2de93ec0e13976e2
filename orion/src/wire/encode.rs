//! Lines of an event stream, written so that no value can become anything but a value.
//!
//! The format is WHATWG HTML, section 9.2 "Server-sent events": a line ends with LF, CRLF or a lone CR, and nothing can
//! be escaped. Knows the framing only; what the fields mean is in [`event`](super::event).

use std::borrow::Cow;
use std::time::Duration;

use bytes::BytesMut;
use memchr::memchr2;

/// A buffer that events are written to.
pub trait Buffer {
    /// Appends text.
    fn put(&mut self, text: &str);
}

impl Buffer for String {
    fn put(&mut self, text: &str) {
        self.push_str(text);
    }
}
impl Buffer for Vec<u8> {
    fn put(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}
impl Buffer for BytesMut {
    fn put(&mut self, text: &str) {
        self.extend_from_slice(text.as_bytes());
    }
}

/// Something that can be written to an event stream.
///
/// ```
/// use maud::html;
/// use orion::wire::{Encode, PatchElements};
///
/// let mut frame = String::with_capacity(1024);
/// PatchElements::new(html! { p #hello { "Hello" } }).encode_into(&mut frame);
/// assert_eq!(frame, "event: datastar-patch-elements\ndata: elements <p id=\"hello\">Hello</p>\n\n");
/// ```
pub trait Encode {
    /// Appends the event with its closing blank line.
    fn encode_into(&self, out: &mut impl Buffer);

    /// The event as text of its own.
    fn encode(&self) -> String {
        let mut text = String::new();
        self.encode_into(&mut text);
        text
    }
}

/// The waits that a client can set a timer for, in milliseconds. Zero would reconnect in a tight loop, and a browser takes
/// a timer that does not fit 31 bits for zero.
const WAITS: std::ops::RangeInclusive<u128> = 1..=0x7fff_ffff;

/// Writes `retry: N`.
pub(super) fn retry(out: &mut impl Buffer, wait: Duration) {
    let wait = wait.as_millis().clamp(*WAITS.start(), *WAITS.end());
    line(out, "retry: ", &wait.to_string());
}

/// Writes a field with a value that holds no line break.
pub(super) fn line(out: &mut impl Buffer, field: &str, value: &str) {
    out.put(field);
    out.put(value);
    out.put("\n");
}

/// Writes `data: KEY LINE` for each line of the value. `key` comes with its blank, which a blank line needs as well: the
/// client cuts key from value there.
pub(super) fn data(out: &mut impl Buffer, key: &str, value: &str) {
    for text in lines(value) {
        out.put("data: ");
        line(out, key, text);
    }
}

/// The lines of a text. A line break at its very end begins no further line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some(end) = memchr2(b'\n', b'\r', rest.as_bytes()) else {
            return Some(std::mem::take(&mut rest));
        };
        let text = &rest[..end];
        let width = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
        rest = &rest[end + width..];
        Some(text)
    })
}

/// An event's id: without line breaks, which would begin a field, and without NUL, for which a client drops the id.
pub(super) fn id(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(['\n', '\r', '\0']) { text.replace(['\n', '\r', '\0'], "").into() } else { text }
}

/// A CSS selector on one line: a line break is a blank there.
pub(super) fn selector(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains(['\n', '\r']) { text.replace(['\n', '\r'], " ").into() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        lines(text).collect()
    }

    #[test]
    fn a_line_ends_with_lf_crlf_or_a_lone_cr() {
        assert_eq!(split("a\nb\r\nc\rd"), ["a", "b", "c", "d"]);
        assert_eq!(split("a\n\rb"), ["a", "", "b"]);
        assert_eq!(split("a\u{2028}b\u{85}c\u{b}d"), ["a\u{2028}b\u{85}c\u{b}d"]);
    }

    #[test]
    fn a_break_at_the_end_begins_no_line_and_blank_lines_stay() {
        assert_eq!(split(""), [""; 0]);
        assert_eq!(split("\n"), [""]);
        assert_eq!(split("a\n\nb\n"), ["a", "", "b"]);
    }

    #[test]
    fn a_blank_line_of_a_value_keeps_the_blank_that_ends_its_key() {
        let mut out = String::new();
        data(&mut out, "elements ", "a\n\nb");
        assert_eq!(out, "data: elements a\ndata: elements \ndata: elements b\n");
    }

    #[test]
    fn ids_and_selectors_stay_on_their_line() {
        assert_eq!(id("a\r\ndata: x\0".into()), "adata: x");
        assert_eq!(selector("#a\n.b".into()), "#a .b");
    }

    #[test]
    fn a_wait_is_never_zero_nor_longer_than_a_timer() {
        let wait = |wait| {
            let mut out = String::new();
            retry(&mut out, wait);
            out
        };
        assert_eq!(wait(Duration::ZERO), "retry: 1\n");
        assert_eq!(wait(Duration::from_millis(2500)), "retry: 2500\n");
        assert_eq!(wait(Duration::MAX), "retry: 2147483647\n");
    }
}
