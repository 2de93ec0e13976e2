//! What is shown changes, and what changes is shown: topics that are heard, regions that something can change.

use super::resolve;
use crate::constant::{Message, contains, same};
use crate::decl::{Command, Reach, Region, Slice};

/// A topic of the slice's commands that nobody hears, or a region of it that nothing can change.
pub(super) const fn mistake(slices: &[&'static Slice], slice: &'static Slice) -> Option<Message> {
    let mut at = 0;
    while at < slice.commands.len() {
        let command = slice.commands[at];
        if let Some(topic) = unheard(slices, slice, &command.reach) {
            return Some(unheard_message(slices, slice, command, topic));
        }
        at += 1;
    }
    at = 0;
    while at < slice.regions.len() {
        let region = slice.regions[at];
        if is_still(slices, slice, region) {
            return Some(still(slices, slice, region));
        }
        at += 1;
    }
    None
}

const fn unheard_message(
    slices: &[&'static Slice],
    slice: &'static Slice,
    command: &Command,
    topic: &str,
) -> Message {
    let message = Message::new().add("command `").add(command.name).add("`").place(command.at.get());
    let message = message.add(" of slice `").add(slice.name).add("` publishes `").add(topic);
    let message = message.add("`, and no region hears it");
    let message = match waiting(slices) {
        Some(region) => {
            let message = message.add("; region `").add(region.name).add("`").place(region.at.get());
            message.add(" hears ").list(region.hears).add(", which nothing publishes")
        }
        None => message,
    };
    let message = message.add("\nhelp: write `#[region(on(").add(topic);
    message.add("(…)))]` on the region that shows what has changed")
}

/// A region that hears what nobody publishes.
const fn waiting(slices: &[&'static Slice]) -> Option<&'static Region> {
    let mut at = 0;
    while at < slices.len() {
        let slice = slices[at];
        at += 1;
        let mut region = 0;
        while region < slice.regions.len() {
            let waits = slice.regions[region];
            region += 1;
            if !waits.hears.is_empty() && is_still(slices, slice, waits) {
                return Some(waits);
            }
        }
    }
    None
}

/// A topic that the body publishes and no region hears.
const fn unheard(slices: &[&'static Slice], slice: &'static Slice, reach: &Reach) -> Option<&'static str> {
    let mut at = 0;
    while at < reach.publishes.len() {
        if let Some((owner, topic)) = resolve::topic(slices, slice, reach.publishes[at])
            && !is_heard(slices, owner, topic)
        {
            return Some(topic);
        }
        at += 1;
    }
    None
}

const fn is_heard(slices: &[&'static Slice], owner: &Slice, topic: &str) -> bool {
    let mut at = 0;
    while at < slices.len() {
        let slice = slices[at];
        at += 1;
        let mut region = 0;
        while region < slice.regions.len() {
            let heard = slice.regions[region];
            region += 1;
            // Written by hand, a region may hear without saying what.
            if heard.on.is_some()
                && (heard.hears.is_empty() || names(slices, slice, heard.hears, owner, topic))
            {
                return true;
            }
        }
    }
    false
}

/// Whether one of the names, as `from` writes them, is the topic.
const fn names(
    slices: &[&'static Slice],
    from: &'static Slice,
    names: &[&str],
    owner: &Slice,
    topic: &str,
) -> bool {
    let mut at = 0;
    while at < names.len() {
        match resolve::topic(slices, from, names[at]) {
            Some((slice, name)) => {
                if same(slice.name, owner.name) && same(name, topic) {
                    return true;
                }
            }
            // One that cannot be found may be it.
            None => return true,
        }
        at += 1;
    }
    false
}

/// Whether nothing can change what the region shows. Where something is not known it may.
const fn is_still(slices: &[&'static Slice], slice: &'static Slice, region: &Region) -> bool {
    if region.present || region.reach.open || (region.on.is_some() && region.hears.is_empty()) {
        return false;
    }
    let mut at = 0;
    while at < region.reach.calls.len() {
        let Some((owner, query)) = resolve::statement(slices, slice, region.reach.calls[at]) else {
            return false;
        };
        let mut table = 0;
        while table < query.reads.len() {
            if is_written(owner, query.reads[table]) {
                return false;
            }
            table += 1;
        }
        at += 1;
    }
    at = 0;
    while at < region.hears.len() {
        let Some((owner, topic)) = resolve::topic(slices, slice, region.hears[at]) else { return false };
        if is_published(slices, owner, topic) {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether a query writes the table of `owner`; a body of that slice's which cannot be followed may.
const fn is_written(owner: &Slice, table: &str) -> bool {
    let mut at = 0;
    while at < owner.statements.len() {
        if contains(owner.statements[at].writes, table) {
            return true;
        }
        at += 1;
    }
    at = 0;
    while at < owner.commands.len() {
        if owner.commands[at].reach.open {
            return true;
        }
        at += 1;
    }
    // Rows may go with another slice's.
    at = 0;
    while at < owner.references.len() {
        if contains(owner.references[at].writes, table) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether a command publishes the topic, or may.
const fn is_published(slices: &[&'static Slice], owner: &Slice, topic: &str) -> bool {
    let mut at = 0;
    while at < slices.len() {
        let slice = slices[at];
        at += 1;
        let mut command = 0;
        while command < slice.commands.len() {
            let reach = &slice.commands[command].reach;
            command += 1;
            if reach.open
                || (!reach.publishes.is_empty() && names(slices, slice, reach.publishes, owner, topic))
            {
                return true;
            }
        }
    }
    false
}

const fn still(slices: &[&'static Slice], slice: &'static Slice, region: &Region) -> Message {
    let message =
        Message::new().add("nothing can change region `").add(region.name).add("`").place(region.at.get());
    let mut message = message.add(" of slice `").add(slice.name).add("`: ");
    let (reads, hears) = (!region.reach.calls.is_empty(), !region.hears.is_empty());
    if reads {
        message = message.add("no query writes ");
        let mut at = 0;
        while at < region.reach.calls.len() {
            if let Some((_, query)) = resolve::statement(slices, slice, region.reach.calls[at]) {
                message = message.add(if at == 0 { "" } else { " or " }).list(query.reads);
            }
            at += 1;
        }
    }
    if hears {
        message =
            message.add(if reads { ", and " } else { "" }).add("no command publishes ").list(region.hears);
    }
    if !reads && !hears {
        message = message.add("it reads no table and hears no topic");
    }
    let message = match region.hears_as {
        [] => message.add("\nhelp: write a query that changes it"),
        [topic, ..] => message.add("\nhelp: publish it in a command, `tx.publish(").add(topic).add(")`"),
    };
    message.add(", or make it a plain function that the page calls")
}
