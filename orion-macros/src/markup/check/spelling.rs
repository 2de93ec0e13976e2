//! Attributes that Datastar passes over in silence, because they are written almost as it wants them.

use crate::errors::Errors;
use crate::markup::model::Attribute;
use crate::nearest::nearest;

/// The attributes of Datastar's that take a key: `data-on:click`.
const KEYED: [&str; 9] = ["attr", "bind", "class", "computed", "indicator", "on", "ref", "signals", "style"];

/// Events that somebody may mean by `data-on-click`; other names may be an application's own.
const EVENTS: [&str; 22] = [
    "blur",
    "change",
    "click",
    "contextmenu",
    "dblclick",
    "dragend",
    "dragover",
    "dragstart",
    "drop",
    "focus",
    "input",
    "keydown",
    "keyup",
    "mousedown",
    "mouseenter",
    "mouseleave",
    "mouseup",
    "pointerdown",
    "pointerup",
    "scroll",
    "submit",
    "toggle",
];

/// Checks the name of one attribute.
pub(super) fn check(cx: &mut Errors, attribute: &Attribute) {
    let Some(rest) = attribute.name.strip_prefix("data-") else { return };
    let plain = rest.split("__").next().unwrap_or_default();
    if let Some(event) = plain.strip_prefix("on-").filter(|event| EVENTS.contains(event)) {
        cx.at(&attribute.at, format!("an event must stand behind a colon: `data-on-{event}` does nothing"))
            .help(format!("write `data-on:{}`", &rest["on-".len()..]));
    } else if let Some((name, key)) = plain.split_once(':')
        && !KEYED.contains(&name)
        && let Some(near) = nearest(name, KEYED)
    {
        cx.at(&attribute.at, format!("Datastar has no attribute `data-{name}:…`: it does nothing"))
            .help(format!("did you mean `data-{near}:{key}`?"));
    }
}
