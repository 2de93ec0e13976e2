//! Which declaration a name in a [`Reach`](crate::decl::Reach) means, once all slices are known.
//!
//! A plain name is the slice's own. Of a path, `boards::slice::latest`, the last part is the name; what stands before it is the module
//! of a slice, which mostly has the slice's name. Where it has not, the name decides if only one slice declares it.

use crate::constant::same;
use crate::decl::{Command, Region, Slice, Statement};

/// A path taken apart.
struct Name<'a> {
    last: &'a str,
    /// The module before it; empty in a plain name.
    owner: &'a str,
}

impl<'a> Name<'a> {
    const fn of(path: &'a str) -> Self {
        let (before, last) = split(path);
        let (above, owner) = split(before);
        // In a file of its own a slice stands in a module called `slice`.
        let owner = if same(owner, "slice") { split(above).1 } else { owner };
        Self { last, owner }
    }
}

/// What stands before the last `::`, and behind it.
pub(super) const fn split(path: &str) -> (&str, &str) {
    let bytes = path.as_bytes();
    let mut at = bytes.len();
    while at > 1 {
        if bytes[at - 1] == b':' && bytes[at - 2] == b':' {
            return (path.split_at(at - 2).0, path.split_at(at).1);
        }
        at -= 1;
    }
    ("", path)
}

macro_rules! resolve {
    ($(#[$doc:meta])* $name:ident, $list:ident, $item:ty, $called:expr) => {
        $(#[$doc])*
        pub(crate) const fn $name(slices: &[&'static Slice], from: &'static Slice, path: &str) -> Option<(&'static Slice, $item)> {
            let name = Name::of(path);
            let (mut found, mut several, mut at) = (None, false, 0);
            // A plain name is looked for in one slice.
            let own = [from];
            let slices = if name.owner.is_empty() { own.as_slice() } else { slices };
            while at < slices.len() {
                let slice = slices[at];
                at += 1;
                let mut entry = 0;
                while entry < slice.$list.len() {
                    let item = slice.$list[entry];
                    entry += 1;
                    let called: &str = $called(item);
                    if same(called, name.last) {
                        if name.owner.is_empty() || same(slice.name, name.owner) {
                            return Some((slice, item));
                        }
                        several |= found.is_some();
                        found = Some((slice, item));
                    }
                }
            }
            if several { None } else { found }
        }
    };
}

const fn of_statement(statement: &Statement) -> &str {
    statement.name
}

const fn of_region(region: &Region) -> &str {
    region.name
}

const fn of_command(command: &Command) -> &str {
    command.name
}

const fn of_topic(topic: &'static str) -> &'static str {
    topic
}

resolve! {
    /// The query that a call may mean, and its slice.
    statement, statements, &'static Statement, of_statement
}
resolve! {
    /// The region that is embedded.
    region, regions, &'static Region, of_region
}
resolve! {
    /// The command that is offered.
    command, commands, &'static Command, of_command
}
resolve! {
    /// The topic that is published or heard.
    topic, topics, &'static str, of_topic
}
