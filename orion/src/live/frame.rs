//! Frames: the events that a live stream sends. The only place of the engine that knows what they are.

use std::time::Duration;

use bytes::Bytes;
use maud::{Markup, html};

use crate::live::engine::Problem;
use crate::live::paint::failure;
use crate::wire::{Encode, Notice, PatchElements, Retry};

/// The id of the element that shows, in development, which of the page's regions could not be rendered.
const OVERLAY: &str = "orion-overlay";

/// Keeps the connection, and the page's watchdog, from taking silence for death.
pub(super) fn ping() -> Bytes {
    Notice::PING.encode().into()
}

/// The first line of a stream: after what time the client comes back.
pub(super) fn retry(wait: Duration) -> Bytes {
    Retry(wait).encode().into()
}

/// Tells a page that another build made it than the one that serves now, and after what time it may load itself again.
pub(crate) fn newer_build(build: &str, after: Duration) -> Bytes {
    Notice::new("build").saying("id", build).saying("after", after.as_millis().to_string()).encode().into()
}

/// Patches an element: an outer morph, found by its id.
pub(super) fn patch(element: Markup) -> Bytes {
    let mut event = String::with_capacity(element.0.len() + element.0.len() / 8 + 64);
    PatchElements::new(element).encode_into(&mut event);
    event.into()
}

/// Shows these problems, and no others, over the page.
pub(super) fn overlay(problems: &[Problem]) -> Bytes {
    patch(over_the_page(&html! {
        @for problem in problems { (failure(problem.subject.embed(), &problem.text)) }
    }))
}

/// The element over the page, with nothing in it hidden; a click puts it away until there is something else to show.
pub(super) fn over_the_page(problems: &Markup) -> Markup {
    html! {
        div id=(OVERLAY) hidden[problems.0.is_empty()] title="Click to put this away" data-on:click="el.hidden = true" {
            (problems)
        }
    }
}

/// Shows over the page, in development, that something else than a region failed.
pub(crate) fn alert(problem: &str) -> Bytes {
    patch(over_the_page(&html! { section role="alert" data-orion-problem { pre { (problem) } } }))
}
