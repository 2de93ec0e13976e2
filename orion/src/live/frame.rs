//! Frames: the events that a live stream sends. The only place of the engine that knows how they are written.

use bytes::Bytes;
use maud::html;

use crate::live::engine::Problem;
use crate::live::paint::failure;

/// The id of the element that shows, in development, which of the page's regions could not be rendered.
pub(super) const OVERLAY: &str = "orion-overlay";

/// Keeps the connection, and the page's watchdog, from taking silence for death.
pub(super) const PING: Bytes = Bytes::from_static(b"event: datastar-ping\n\n");

/// The first line of a stream: how long the client waits before it comes back, in milliseconds.
pub(super) fn retry(wait: u32) -> Bytes {
    format!("retry: {wait}\n\n").into()
}

/// Patches an element: an outer morph, found by its id.
pub(super) fn patch(element: &str) -> Bytes {
    let mut event = String::with_capacity(element.len() + element.len() / 8 + 64);
    event.push_str("event: datastar-patch-elements\n");
    // The client takes a lone CR for the end of a line too.
    for line in element.replace("\r\n", "\n").split(['\n', '\r']) {
        event.push_str("data: elements ");
        event.push_str(line);
        event.push('\n');
    }
    event.push('\n');
    event.into()
}

/// Shows these problems, and no others, over the page.
pub(super) fn overlay(problems: &[Problem]) -> Bytes {
    let markup = html! {
        div id=(OVERLAY) hidden[problems.is_empty()] {
            @for problem in problems { (failure(problem.subject.embed(), &problem.text)) }
        }
    };
    patch(&markup.0)
}

/// Shows over the page, in development, that something else than a region failed.
pub(crate) fn alert(problem: &str) -> Bytes {
    patch(&html! { div id=(OVERLAY) { section role="alert" data-orion-problem { pre { (problem) } } } }.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_break_begins_a_line_of_its_own() {
        assert_eq!(
            patch("<p>\r\n\ra\rdata: signals {}\n</p>"),
            "event: datastar-patch-elements\n\
             data: elements <p>\n\
             data: elements \n\
             data: elements a\n\
             data: elements data: signals {}\n\
             data: elements </p>\n\n"
        );
    }
}
