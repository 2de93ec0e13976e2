//! Whether every command and page of a slice says who may: asked while constants are evaluated, for an application that
//! says `access: required`.

use crate::constant::Message;
use crate::decl::{Access, Command, Page, Slice};

/// Every command and page of `slice` says who may.
///
/// # Panics
/// Where some do not: in a constant that fails the compilation, with all of their names.
#[track_caller]
pub const fn stated(slice: &Slice) {
    let (commands, pages) = (commands(slice.commands), pages(slice.pages));
    if slice.broken || commands + pages == 0 {
        return;
    }
    let mut message = Message::new();
    let mut told = 0;
    let mut at = 0;
    while at < slice.commands.len() {
        let command = slice.commands[at];
        if unstated(command.access) {
            message =
                name(message, told, commands, "command").add(command.name).add("`").place(command.at.get());
            told += 1;
        }
        at += 1;
    }
    if commands > 0 && pages > 0 {
        message = message.add(" and ");
    }
    (told, at) = (0, 0);
    while at < slice.pages.len() {
        let page = slice.pages[at];
        if unstated(page.access) {
            message = name(message, told, pages, "page").add(page.name).add("`").place(page.at.get());
            told += 1;
        }
        at += 1;
    }
    let whom = if commands + pages == 1 { "it" } else { "them" };
    message = message.add(" of slice `").add(slice.name).add("` must say who may use ").add(whom);
    message.add("\nhelp: write `allow(role)` after the path, or `public`").panic();
}

/// What stands before the name of the one of `all` that comes after `told` others.
const fn name(message: Message, told: usize, all: usize, kind: &str) -> Message {
    match told {
        0 if all == 1 => message.add(kind).add(" `"),
        0 => message.add(kind).add("s `"),
        told if told + 1 == all => message.add(" and `"),
        _ => message.add(", `"),
    }
}

const fn unstated(access: Access) -> bool {
    matches!(access, Access::Unstated)
}

const fn commands(all: &[&Command]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < all.len() {
        count += unstated(all[at].access) as usize;
        at += 1;
    }
    count
}

const fn pages(all: &[&Page]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < all.len() {
        count += unstated(all[at].access) as usize;
        at += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;
    use crate::decl::{Method, Role, Run};

    const ADD: Command = Command::new("notes", "add", Method::Post, "/notes", Run::Async(|_, _| todo!()));
    const EDIT: Command = Command { name: "edit", ..ADD };
    const WIPE: Command = Command { name: "wipe", ..ADD };
    const OPEN: Command = ADD.public();
    const KEPT: Command = ADD.allow(&[Role::new("editor", |_, _| Ok(false))]);
    const HOME: Page = Page::new("notes", "home", "/", |_| todo!());

    fn said(slice: &'static Slice) -> String {
        let panic = catch_unwind(|| stated(slice)).expect_err("somebody says nothing");
        let message = panic.downcast_ref::<String>().cloned().expect("a message");
        // Without the places, which are lines of this file.
        let mut parts = message.split(concat!(" (", file!(), ":"));
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| text + part.split_once(')').map_or("", |(_, rest)| rest))
    }

    #[test]
    fn a_slice_that_says_everything_is_let_through() {
        const { stated(&Slice::new("notes").commands(&[&OPEN, &KEPT])) };
    }

    #[test]
    fn all_that_say_nothing_are_named() {
        const HELP: &str = "\nhelp: write `allow(role)` after the path, or `public`";
        const ONE: Slice = Slice::new("notes").commands(&[&OPEN, &EDIT, &KEPT]);
        const MANY: Slice = Slice::new("notes").commands(&[&ADD, &OPEN, &EDIT, &WIPE]).pages(&[&HOME]);
        const PAGES: Slice = Slice::new("notes").pages(&[&HOME, &HOME]);
        assert_eq!(said(&ONE), format!("command `edit` of slice `notes` must say who may use it{HELP}"));
        assert_eq!(
            said(&MANY),
            format!(
                "commands `add`, `edit` and `wipe` and page `home` of slice `notes` must say who may use them{HELP}"
            )
        );
        assert_eq!(
            said(&PAGES),
            format!("pages `home` and `home` of slice `notes` must say who may use them{HELP}")
        );
    }
}
