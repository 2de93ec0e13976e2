//! What two slices must not both have.

use super::route::{Overlap, overlap};
use crate::constant::{Message, contains, same};
use crate::decl::{Place, Slice};

/// A name that both have.
pub(super) const fn names(first: &Slice, second: &Slice) -> Option<Message> {
    if same(first.name, second.name) {
        return Some(
            Message::new()
                .add("two slices are called `")
                .add(second.name)
                .add("`")
                .place(first.at.get())
                .add(" and")
                .place(second.at.get())
                .add("\nhelp: list each slice once, or give one of them another name: `#[orion::slice(name = \"…\")]`"),
        );
    }
    None
}

/// What `second` must not have because `first` has it.
pub(super) const fn between(first: &Slice, second: &Slice) -> Option<Message> {
    let mut at = 0;
    while at < second.tables.len() {
        if contains(first.tables, second.tables[at]) {
            let message = Message::new().add("table `").add(second.tables[at]).add("` belongs to slice `");
            let message = message.add(first.name).add("`").place(first.at.get()).add(" and to slice `");
            return Some(
                message.add(second.name).add("`").place(second.at.get()).add(
                    "\nhelp: a table has one owner: rename one, or let one slice ask the other's queries",
                ),
            );
        }
        at += 1;
    }
    if !begin_alike(first.beginnings, second.beginnings) {
        return None;
    }
    let mut at = 0;
    while at < answers(second) {
        if let Some(message) = route(first, answers(first), answer(second, at)) {
            return Some(message);
        }
        at += 1;
    }
    None
}

/// Whether a path of the one slice and one of the other may begin with the same.
const fn begin_alike(first: &[&str], second: &[&str]) -> bool {
    if first.is_empty() || second.is_empty() || contains(first, "{}") || contains(first, "{*}") {
        return true;
    }
    let mut at = 0;
    while at < second.len() {
        if contains(first, second[at]) || same(second[at], "{}") || same(second[at], "{*}") {
            return true;
        }
        at += 1;
    }
    false
}

/// What a slice that was written by hand may have twice. One that says how its paths begin was looked at by the macro.
pub(super) const fn within(slice: &Slice) -> Option<Message> {
    if !slice.beginnings.is_empty() {
        return None;
    }
    let mut at = 0;
    while at < answers(slice) {
        if let Some(message) = route(slice, at, answer(slice, at)) {
            return Some(message);
        }
        at += 1;
    }
    None
}

/// One route: its method, its path, and who answers.
#[derive(Clone, Copy)]
struct Answer<'a> {
    kind: &'static str,
    slice: &'a str,
    name: &'a str,
    method: &'static str,
    path: &'a str,
    at: Place,
}

/// The route at a place: first the pages, then the commands.
const fn answer(slice: &Slice, at: usize) -> Answer<'_> {
    if at < slice.pages.len() {
        let page = slice.pages[at];
        let (kind, method) = ("page `", "GET");
        return Answer { kind, slice: slice.name, name: page.name, method, path: page.path, at: page.at };
    }
    let command = slice.commands[at - slice.pages.len()];
    let method = command.method.as_str();
    let (kind, at) = ("command `", command.at);
    Answer { kind, slice: slice.name, name: command.name, method, path: command.path, at }
}

const fn answers(slice: &Slice) -> usize {
    slice.pages.len() + slice.commands.len()
}

/// Compares a route with the first ones of a slice.
const fn route(first: &Slice, count: usize, new: Answer<'_>) -> Option<Message> {
    let mut at = 0;
    while at < count {
        let old = answer(first, at);
        at += 1;
        let alike = overlap(old.path, new.path);
        if matches!(alike, Overlap::Rest) {
            return Some(clash(old, new, "where one has a parameter the other cannot have a `{*rest}`"));
        }
        if !matches!(alike, Overlap::None) && same(old.method, new.method) {
            return Some(clash(
                old,
                new,
                "a request could be for both: give one of them another path or method",
            ));
        }
        // The router keeps one path for all methods.
        if matches!(alike, Overlap::Same) && !same(old.path, new.path) {
            return Some(clash(old, new, "one path has the same names for its parameters everywhere"));
        }
    }
    None
}

const fn clash(old: Answer<'_>, new: Answer<'_>, help: &str) -> Message {
    let message = who(Message::new(), old).add(" answers ").add(old.method).add(" ").add(old.path);
    let message = who(message.add(", and "), new).add(" answers ").add(new.method).add(" ").add(new.path);
    message.add("\nhelp: ").add(help)
}

const fn who(message: Message, answer: Answer<'_>) -> Message {
    message.add(answer.kind).add(answer.slice).add("::").add(answer.name).add("`").place(answer.at.get())
}

/// A path that is orion's own.
pub(super) const fn reserved(slice: &Slice) -> Option<Message> {
    if !slice.beginnings.is_empty()
        && !contains(slice.beginnings, "_orion")
        && !contains(slice.beginnings, "static")
    {
        return None;
    }
    let mut at = 0;
    while at < answers(slice) {
        let answer = answer(slice, at);
        let path = answer.path;
        let mut prefix = 0;
        while prefix < OURS.len() {
            if begins_with(path, OURS[prefix]) {
                let message = who(Message::new(), answer).add(" answers ").add(path);
                let message = message.add("\nhelp: paths that begin with `").add(OURS[prefix]);
                return Some(message.add("` are orion's own: the stream, its script and the static files"));
            }
            prefix += 1;
        }
        at += 1;
    }
    None
}

/// What the paths of the stream, of the script and of the static files begin with.
const OURS: [&str; 2] = ["/_orion/", "/static/"];

const fn begins_with(path: &str, start: &str) -> bool {
    let (path, start) = (path.as_bytes(), start.as_bytes());
    if path.len() < start.len() {
        return false;
    }
    let mut at = 0;
    while at < start.len() {
        if path[at] != start[at] {
            return false;
        }
        at += 1;
    }
    true
}
