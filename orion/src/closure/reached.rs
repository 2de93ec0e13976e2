//! Which slices a slice's bodies reach: each is listed, or its tables are not there and its links lead nowhere.

use super::resolve::split;
use crate::constant::{Message, contains, same};
use crate::decl::{Place, Reach, Slice};

/// Something that the slice at `at` embeds, links to or asks, of a slice that is not listed.
pub(super) const fn mistake(slices: &[&'static Slice], at: usize) -> Option<Message> {
    let slice = slices[at];
    let mut reached = 0;
    while reached < slice.reaches.len() {
        let (module, name) = slice.reaches[reached];
        reached += 1;
        if !name.is_empty()
            && !is_listed(slices, name)
            && let Some(used) = first(slice, module)
        {
            return Some(unlisted(slice, used, module, name));
        }
    }
    None
}

const fn is_listed(slices: &[&'static Slice], name: &str) -> bool {
    let mut at = 0;
    while at < slices.len() {
        if same(slices[at].name, name) {
            return true;
        }
        at += 1;
    }
    false
}

const fn unlisted(slice: &Slice, used: Use<'_>, module: &str, name: &str) -> Message {
    let message = Message::new().add(used.kind).add(used.by).add("`").place(used.at.get());
    let message = message.add(" of slice `").add(slice.name).add(used.verb);
    let message =
        message.add(used.of).add("` of slice `").add(name).add("`, which is not listed\nhelp: add `");
    message.add(from_root(module)).add("` to `slices: […]`")
}

/// Who uses what of a module.
#[derive(Clone, Copy)]
struct Use<'a> {
    kind: &'static str,
    by: &'a str,
    at: Place,
    verb: &'static str,
    of: &'a str,
}

/// The first that uses something of the module.
const fn first<'a>(slice: &'a Slice, module: &str) -> Option<Use<'a>> {
    let mut at = 0;
    while at < slice.pages.len() {
        if let Some((verb, of)) = used(&slice.pages[at].reach, module) {
            return Some(Use { kind: "page `", by: slice.pages[at].name, at: slice.pages[at].at, verb, of });
        }
        at += 1;
    }
    at = 0;
    while at < slice.regions.len() {
        if let Some((verb, of)) = used(&slice.regions[at].reach, module) {
            return Some(Use {
                kind: "region `",
                by: slice.regions[at].name,
                at: slice.regions[at].at,
                verb,
                of,
            });
        }
        at += 1;
    }
    at = 0;
    while at < slice.commands.len() {
        if let Some((verb, of)) = used(&slice.commands[at].reach, module) {
            return Some(Use {
                kind: "command `",
                by: slice.commands[at].name,
                at: slice.commands[at].at,
                verb,
                of,
            });
        }
        at += 1;
    }
    None
}

const fn used(reach: &Reach, module: &str) -> Option<(&'static str, &'static str)> {
    if let Some(region) = of(reach.shows, module) {
        return Some(("` shows region `", region));
    }
    if let Some(command) = of(reach.offers, module) {
        return Some(("` links to `", command));
    }
    match of(reach.calls, module) {
        Some(query) => Some(("` calls `", query)),
        None => None,
    }
}

/// The last part of the first path that stands in the module.
const fn of(paths: &[&'static str], module: &str) -> Option<&'static str> {
    let mut at = 0;
    while at < paths.len() {
        let (before, last) = split(paths[at]);
        if same(before, module) {
            return Some(last);
        }
        at += 1;
    }
    None
}

/// The path of a module beside the slice's as it is from where both are listed.
const fn from_root(module: &str) -> &str {
    let above = ["super::"];
    let mut rest = module;
    while contains(&above, begin(rest)) {
        rest = rest.split_at(above[0].len()).1;
    }
    rest
}

const fn begin(path: &str) -> &str {
    if path.len() < 7 || !path.is_char_boundary(7) { "" } else { path.split_at(7).0 }
}
