//! Judges a region: what it is rendered from, and for whom.

use syn::LitStr;

use super::model::Region;
use super::parse::Written;
use crate::argument::{Argument, By, Role};
use crate::errors::Errors;
use crate::function::Function;
use crate::spelling::spell;

/// Checks a region.
pub(crate) fn check(cx: &mut Errors, written: Written) -> Region {
    let Written { function, on, shared, every } = written;
    let what = format!("region `{}`", function.name());
    let before = cx.count();
    if let Some(token) = function.sig.asyncness {
        cx.at(token, format!("{what} must not be async")).help(
            "nothing may wait between the store and the markup; what must be awaited belongs in a command",
        );
    }
    if function.output().is_none() {
        cx.at(&function.sig.ident, format!("{what} must return markup")).help("write `-> Result<Markup>`");
    }
    let arguments = function.arguments(cx, &what);
    if let Some(arguments) = &arguments {
        reads(cx, &what, &function, arguments, !on.is_empty());
        for argument in arguments {
            takes(cx, &what, argument);
        }
        once(cx, &what, arguments);
        if shared {
            anonymous(cx, &what, arguments);
        }
    }
    let every = every.and_then(|every| window(cx, &what, &every));
    let sound = arguments.is_some() && cx.count() == before;
    Region { function, on, arguments: arguments.unwrap_or_default(), every, sound }
}

/// The shortest and the longest time between two renders that can be asked for, in milliseconds.
const SHORTEST: u64 = 16;
const LONGEST: u64 = 10_000;

/// The time between two renders, in milliseconds.
fn window(cx: &mut Errors, what: &str, every: &LitStr) -> Option<u64> {
    let text = every.value();
    let digits = text.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    let factor = match &text[digits.len()..] {
        "ms" => Some(1),
        "s" => Some(1_000),
        _ => None,
    };
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    let Some(factor) = factor.filter(|_| is_number) else {
        cx.at(every, format!("{what} must say the time as a whole number of `ms` or `s`"))
            .help("write `every = \"50ms\"`");
        return None;
    };
    // What is too long for a number is too long.
    let time = digits.parse().unwrap_or(u64::MAX).saturating_mul(factor);
    if !(SHORTEST..=LONGEST).contains(&time) {
        cx.at(every, format!("{what} can be rendered every 16 ms to 10 s, not every {text}")).help(
            "changes within this time become one frame; left out, it is the 16 ms of all regions that do not say it",
        );
        return None;
    }
    Some(time)
}

/// The store comes first. Only what is rendered for another reason than the store's may do without.
fn reads(cx: &mut Errors, what: &str, function: &Function, arguments: &[Argument], on: bool) {
    let stores =
        arguments.iter().position(|argument| matches!(argument.role, Role::Db | Role::Tx | Role::Cx));
    match stores {
        None if on || arguments.iter().any(|argument| argument.role == Role::Present) => {}
        None => {
            cx.at(&function.sig.ident, format!("{what} must take `&Db`")).help("write `db: &Db` first");
        }
        Some(0) => {}
        Some(at) if arguments[at].is(Role::Db) => {
            cx.at(&arguments[at].ident, format!("{what} must take `&Db` first")).help("move it to the front");
        }
        Some(_) => {}
    }
}

fn takes(cx: &mut Errors, what: &str, argument: &Argument) {
    let (name, ty) = (argument.name(), spell(&argument.ty));
    match argument.role {
        Role::Db | Role::Viewer | Role::Present if argument.by == By::Reference => {}
        Role::Db => {
            cx.at(&argument.ty, format!("{what} must take `&Db`")).help(format!("write `{name}: &Db`"));
        }
        Role::Viewer | Role::Present => {
            let right = ty.trim_start_matches("&mut ");
            cx.at(&argument.ty, format!("{what} must take `&{right}`"))
                .help(format!("write `{name}: &{right}`"));
        }
        Role::Tx | Role::Cx => {
            cx.at(&argument.ty, format!("{what} only reads and must take `&Db`"))
                .help(format!("write `db: &Db` in place of `{name}: {ty}`; what writes is a command"));
        }
        Role::Signals | Role::Form | Role::Query => {
            cx.at(&argument.ty, format!("{what} has no request to take `{ty}` from"))
                .help("take what the markup depends on as an argument; the page passes it: `(list::region(filter))`");
        }
        Role::Plain if argument.can_be_kept() => {}
        Role::Plain => {
            let owned = ty.trim_start_matches("&mut ").trim_start_matches('&');
            cx.at(&argument.ty, format!("argument `{name}` of {what} must be owned, or `&str`"))
                .help(format!("write `{name}: {owned}`"));
        }
    }
}

/// What is rendered once for everyone knows nobody.
fn anonymous(cx: &mut Errors, what: &str, arguments: &[Argument]) {
    for argument in arguments.iter().filter(|argument| argument.is(Role::Viewer)) {
        cx.at(&argument.ty, format!("{what} is shared and must not take `{}`", spell(&argument.ty)))
            .help("put what is for one viewer into a region of its own; without `shared` this one is rendered for each viewer");
    }
}

fn once(cx: &mut Errors, what: &str, arguments: &[Argument]) {
    for role in [Role::Db, Role::Viewer, Role::Present] {
        let mut all = arguments.iter().filter(|argument| argument.is(role));
        if let (Some(first), Some(second)) = (all.next(), all.next()) {
            cx.at(&second.ty, format!("{what} takes `{}` twice", spell(&second.ty)))
                .help(format!("`{}` is the same", first.name()));
        }
    }
}
