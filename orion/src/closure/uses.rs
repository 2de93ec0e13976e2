//! Which slices refer to which: each is listed, and none refers back to itself.

use crate::constant::{Message, before, contains, same};
use crate::decl::{Reference, Slice};

/// Compares what a slice refers to with the slices that it says it uses.
///
/// # Panics
/// Where one of its foreign keys names what none of them has: in a constant that fails the compilation.
#[track_caller]
pub const fn refers(slice: &str, references: &[Reference], uses: &[&Slice]) {
    let mut at = 0;
    while at < uses.len() {
        // What is missing there was said there.
        if uses[at].broken {
            return;
        }
        at += 1;
    }
    at = 0;
    while at < references.len() {
        if let Some(message) = dangling(slice, &references[at], uses) {
            message.panic();
        }
        at += 1;
    }
}

/// What is wrong with a reference to a slice that is used.
const fn dangling(slice: &str, reference: &Reference, owners: &[&Slice]) -> Option<Message> {
    let message =
        Message::new().add("`").add(reference.from).add("` of slice `").add(slice).add("` refers to `");
    let (mut at, mut tables) = (0, 0);
    while at < owners.len() {
        let owner = owners[at];
        at += 1;
        tables += owner.tables.len();
        if contains(owner.keys, reference.key) {
            return None;
        }
        if !has(owner.tables, reference.table) {
            continue;
        }
        let message = message.add(reference.key).add("`, which is no key of slice `").add(owner.name);
        let message = message.add("`\nhelp: make it a primary key or `unique` over there");
        return Some(match owner.keys {
            [] => message,
            keys => message.add(", or refer to ").list(keys),
        });
    }
    let mut message = message.add(reference.table).add("`, which is no table of slice ");
    at = 0;
    while at < owners.len() {
        message = message.add(before(at, owners.len())).add(owners[at].name).add("`");
        at += 1;
    }
    message = message.add("\nhelp: ");
    if tables == 0 {
        return Some(message.add("a table is made by a migration of the slice that owns it"));
    }
    message = message.add("list the slice that has it in `uses`; of those that are listed there is ");
    let mut told = 0;
    at = 0;
    while at < owners.len() {
        let mut table = 0;
        while table < owners[at].tables.len() {
            message = message.add(before(told, tables)).add(owners[at].tables[table]).add("`");
            told += 1;
            table += 1;
        }
        at += 1;
    }
    Some(message)
}

const fn has(tables: &[&str], name: &str) -> bool {
    let mut at = 0;
    while at < tables.len() {
        if tables[at].eq_ignore_ascii_case(name) {
            return true;
        }
        at += 1;
    }
    false
}

/// What is wrong with what the slice at `at` uses.
pub(super) const fn mistake(slices: &[&'static Slice], at: usize) -> Option<Message> {
    let slice = slices[at];
    if slice.uses.is_empty() {
        return None;
    }
    let mut used = 0;
    while used < slice.uses.len() {
        let name = slice.uses[used];
        if named(slices, name).is_none() {
            let message = Message::new().add("slice `").add(slice.name).add("` uses slice `").add(name);
            return Some(message.add("`, which is not listed\nhelp: add it to `slices`"));
        }
        used += 1;
    }
    cycle(slices, at)
}

const fn named(slices: &[&'static Slice], name: &str) -> Option<usize> {
    let mut at = 0;
    while at < slices.len() {
        if same(slices[at].name, name) {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// So many slices can be on the way round.
const LONGEST: usize = 64;

/// A way from the slice back to itself, if all others on it are listed before it: so each is told once.
const fn cycle(slices: &[&'static Slice], start: usize) -> Option<Message> {
    // The way so far, and which of its `uses` each slice on it has gone to.
    let (mut way, mut next) = ([0; LONGEST], [0; LONGEST]);
    let mut seen = [false; 4 * LONGEST];
    way[0] = start;
    let mut depth = 1;
    while depth > 0 {
        let slice = slices[way[depth - 1]];
        let used = next[depth - 1];
        if used == slice.uses.len() {
            depth -= 1;
            continue;
        }
        next[depth - 1] += 1;
        let Some(to) = named(slices, slice.uses[used]) else { continue };
        if to == start {
            return Some(round(slices, &way, depth));
        }
        if to < start && depth < LONGEST && to < seen.len() && !seen[to] {
            seen[to] = true;
            way[depth] = to;
            next[depth] = 0;
            depth += 1;
        }
    }
    None
}

const fn round(slices: &[&'static Slice], way: &[usize; LONGEST], depth: usize) -> Message {
    let start = slices[way[0]].name;
    if depth == 1 {
        return Message::new()
            .add("slice `")
            .add(start)
            .add("` uses itself\nhelp: its own tables need no `uses`");
    }
    let mut message = Message::new().add("slices use each other: ");
    let mut at = 0;
    while at < depth {
        message = message.add("`").add(slices[way[at]].name).add("` → ");
        at += 1;
    }
    message
        .add("`")
        .add(start)
        .add("`\nhelp: let one of them keep the number itself, without `references`, or make them one slice")
}
