//! Attributes that Datastar passes over in silence, because they are written almost as it wants them.

use crate::errors::Errors;
use crate::markup::model::Attribute;
use crate::nearest::nearest;

/// The attributes of Datastar's that take a key: `data-on:click`.
const KEYED: [&str; 9] = ["attr", "bind", "class", "computed", "indicator", "on", "ref", "signals", "style"];

/// The DOM's events, as far as pages have to do with them. Other names may be an application's own.
const EVENTS: [&str; 68] = [
    "abort",
    "animationend",
    "animationstart",
    "beforeinput",
    "beforeunload",
    "blur",
    "cancel",
    "canplay",
    "change",
    "click",
    "close",
    "contextmenu",
    "copy",
    "cut",
    "dblclick",
    "drag",
    "dragend",
    "dragenter",
    "dragleave",
    "dragover",
    "dragstart",
    "drop",
    "ended",
    "error",
    "focus",
    "focusin",
    "focusout",
    "formdata",
    "fullscreenchange",
    "hashchange",
    "input",
    "invalid",
    "keydown",
    "keypress",
    "keyup",
    "load",
    "message",
    "mousedown",
    "mouseenter",
    "mouseleave",
    "mousemove",
    "mouseout",
    "mouseover",
    "mouseup",
    "offline",
    "online",
    "paste",
    "pause",
    "play",
    "playing",
    "pointercancel",
    "pointerdown",
    "pointerenter",
    "pointerleave",
    "pointermove",
    "pointerup",
    "popstate",
    "reset",
    "resize",
    "scroll",
    "select",
    "submit",
    "timeupdate",
    "toggle",
    "touchstart",
    "touchend",
    "visibilitychange",
    "wheel",
];

/// Checks the name of one attribute.
pub(super) fn check(cx: &mut Errors, attribute: &Attribute) {
    let Some(rest) = attribute.name.strip_prefix("data-") else { return };
    let plain = rest.split("__").next().unwrap_or_default();
    if let Some(event) = plain.strip_prefix("on-").filter(|event| EVENTS.contains(event)) {
        cx.at(&attribute.at, format!("an event must stand behind a colon: `data-on-{event}` does nothing"))
            .help(format!("write `data-on:{}`", &rest["on-".len()..]));
    } else if let Some(event) = plain.strip_prefix("on").filter(|event| EVENTS.contains(event)) {
        cx.at(&attribute.at, format!("Datastar has no attribute `data-on{event}`: it does nothing"))
            .help(format!("write `data-on:{}`", &rest["on".len()..]));
    } else if let Some(event) = plain.strip_prefix("on:")
        && let Some(near) = slip(event)
    {
        let at = if attribute.key.is_empty() { &attribute.at } else { &attribute.key };
        cx.warn(at, format!("no event of the DOM is called `{event}`"))
            .help(format!("did you mean `data-on:{near}`? an event of your own has another name"));
    } else if let Some((name, key)) = plain.split_once(':')
        && !KEYED.contains(&name)
        && let Some(near) = nearest(name, KEYED)
    {
        cx.at(&attribute.at, format!("Datastar has no attribute `data-{name}:…`: it does nothing"))
            .help(format!("did you mean `data-{near}:{key}`?"));
    }
}

/// The event that a name of no event is a slip of: two letters swapped, one too many, one too few. Another letter in the place of one makes
/// another word, which may be an event of the application's own.
fn slip(event: &str) -> Option<&'static str> {
    if EVENTS.contains(&event) || event.len() < 4 {
        return None;
    }
    let letters = |name: &str| {
        let mut letters: Vec<char> = name.chars().collect();
        letters.sort_unstable();
        letters
    };
    let near = nearest(event, EVENTS)?;
    let (one, other) = (letters(event), letters(near));
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    let mut rest = long.iter();
    let is_part = short.iter().all(|letter| rest.any(|other| other == letter));
    // `clicked` and `loads` are words of somebody's own.
    let inflected = ["s", "ed", "d", "ing"].iter().any(|end| event.strip_suffix(end) == Some(near));
    // Nobody misses the first key.
    let begins = event.chars().next() == near.chars().next();
    (begins && is_part && long.len() - short.len() <= 1 && !inflected).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_slip_of_the_fingers_is_taken_for_one() {
        for (event, meant) in
            [("sumbit", "submit"), ("clik", "click"), ("cllick", "click"), ("keydonw", "keydown")]
        {
            assert_eq!(slip(event), Some(meant), "{event}");
        }
        for own in
            ["click", "clicked", "saved", "loads", "flick", "vote", "moved", "closed", "preset", "changes"]
        {
            assert_eq!(slip(own), None, "{own}");
        }
    }
}
