//! Names of fields that messages stand beside: where a message is made, and where it is shown.

use std::collections::BTreeSet;

use syn::LitStr;
use syn::ext::IdentExt;

use super::{Kind, Source};
use crate::command::Draft;
use crate::errors::Errors;
use crate::markup::attribute::meaning;
use crate::markup::expression;
use crate::nearest::{hint, nearest, nearest_dotted};
use crate::signals::Names;
use crate::spelling::list;

/// Checks the messages of commands and the places for them.
///
/// A message may be of another slice's command: where the slice may link to one, only what is nearly a known name is taken for a slip.
pub(super) fn check(cx: &mut Errors, sources: &[Source<'_>], links_elsewhere: bool) {
    for source in sources {
        if let Kind::Command(Some(Draft { names: Some(names), .. })) = source.body.kind {
            made(cx, source, names);
        }
    }
    if let Some(known) = Known::of(sources) {
        for source in sources {
            for literal in source.calls.literals(&["field_error"]) {
                if !shown(cx, literal, &literal.value(), &known) && !links_elsewhere {
                    empty(cx, literal);
                }
            }
            let all = source.attributes();
            for attribute in all.into_iter().filter(|attribute| meaning(attribute).is_expression()) {
                for named in expression::named(&attribute.value) {
                    if let Some(field) = named.name.strip_prefix("errors.") {
                        shown(cx, named.at, field, &known);
                    }
                }
            }
        }
    }
}

/// `ensure!(…, field = …)` in a command: its message stands beside a field of what the command takes.
fn made(cx: &mut Errors, source: &Source<'_>, names: &Names) {
    for field in &source.calls.messages {
        let name = field.unraw().to_string();
        if names.know(&name) {
            continue;
        }
        let all = names.all();
        let help = match nearest(&name, all.iter().copied()) {
            Some(_) => hint(&name, &all),
            None => format!(
                "it takes {}; a message that belongs to none of them is `Error::field(\"{name}\", …)`",
                list(all)
            ),
        };
        let command = &source.body.name;
        cx.at(field, format!("command `{command}` takes no field `{name}`")).help(help);
    }
}

/// `field_error("title")`, `$errors.title`: whether the name is known, or was told to be a slip.
fn shown(cx: &mut Errors, at: &LitStr, name: &str, known: &Known<'_>) -> bool {
    let is_known = known.said.contains(name) || known.names.iter().any(|names| names.know(name));
    let all = known.names.iter().flat_map(|names| names.all()).chain(known.said.iter().map(String::as_str));
    let slip = nearest_dotted(name, all).filter(|_| !is_known);
    if let Some(near) = slip {
        cx.at(at, format!("no command of the slice has a message for a field `{name}`"))
            .help(format!("did you mean `{near}`?"));
    }
    is_known || slip.is_some()
}

/// A place in which no message ever stands. A warning: a function from elsewhere may make one.
fn empty(cx: &mut Errors, at: &LitStr) {
    let name = at.value();
    cx.warn(at, format!("nothing in the slice makes a message for a field `{name}`"))
        .help(format!("make it in a command, `ensure!(…, {name} = \"…\")`, or take its place away"));
}

/// The fields that can have a message.
struct Known<'a> {
    names: Vec<&'a Names>,
    /// Those that commands name themselves: `Error::field("form", …)`.
    said: BTreeSet<String>,
}

impl<'a> Known<'a> {
    /// `None` where no command takes fields, or one takes a type from elsewhere.
    fn of(sources: &[Source<'a>]) -> Option<Self> {
        let names = sources.iter().filter_map(Source::draft).map(|draft| draft.names.as_ref());
        let names: Vec<&Names> = names.collect::<Option<_>>()?;
        if names.is_empty() {
            return None;
        }
        let mut known = Self { names, said: BTreeSet::new() };
        for Source { calls, .. } in sources {
            known.said.extend(calls.literals(&["field", "and_field"]).map(LitStr::value));
            known.said.extend(calls.messages.iter().map(|field| field.unraw().to_string()));
        }
        Some(known)
    }
}
