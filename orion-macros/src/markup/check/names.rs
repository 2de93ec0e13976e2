//! Names of signals and of fields with messages.

use super::known::{Known, attributes, replied};
use super::{Body, Source};
use crate::command::Draft;
use crate::errors::Errors;
use crate::markup::attribute::{Meaning, meaning, to_key};
use crate::markup::calls;
use crate::markup::expression;
use crate::markup::model::Attribute;
use crate::nearest::{hint, nearest};
use crate::spelling::list;

/// The names in all markup of the slice, and in the replies of its commands.
///
/// What is bound must be taken or declared: it is sent. Elsewhere a name that nobody here knows may be another slice's, on
/// whose page the markup stands; only one that is nearly a known one is taken for a slip.
pub(super) fn check(cx: &mut Errors, sources: &[Source<'_>], known: &Known<'_>) {
    for source in sources {
        for attribute in attributes(source) {
            if let Meaning::Bind(name) = meaning(attribute) {
                bound(cx, attribute, &name, known);
            }
            if matches!(meaning(attribute), Meaning::Run | Meaning::Declare(_) | Meaning::Object) {
                for named in expression::named(&attribute.value) {
                    slip(cx, named.at, &named.name, known);
                }
            }
        }
        for literal in replied(source) {
            slip(cx, &literal, &literal.value(), known);
        }
    }
}

fn bound(cx: &mut Errors, attribute: &Attribute, name: &str, known: &Known<'_>) {
    let keyed = !attribute.key.is_empty();
    let at = if keyed { attribute.key.clone() } else { literal(attribute) };
    let members = known.members(name);
    if !members.is_empty() && attribute.value.len() <= 1 && !known.declares(name) {
        cx.at(
            at,
            format!("signal `{name}` holds {}: one of these must be bound", list(members.iter().copied())),
        )
        .help(format!("write `data-bind=\"{}\"`", members[0]));
        return;
    }
    if known.knows(name) {
        return;
    }
    let fields = known.fields();
    let capital = attribute.name.rsplit(':').next().filter(|key| keyed && known.knows(key));
    let help = match (capital, nearest(name, known.all())) {
        (Some(signal), _) => {
            format!("the name of an attribute has no capitals: write `data-bind:{}`", to_key(signal))
        }
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) => format!(
            "they take {}; declare one that no command takes, `data-signals:{}=\"''\"`, or begin its name with `_`; \
             another slice's is `data-bind=(slice::command::signals().{name})`",
            list(fields),
            to_key(name)
        ),
    };
    cx.at(
        at,
        format!("signal `{name}` is not taken by a command of the slice, and not declared in its markup"),
    )
    .help(help);
}

fn slip(cx: &mut Errors, at: &syn::LitStr, name: &str, known: &Known<'_>) {
    if known.knows(name) {
        return;
    }
    if let Some(near) = nearest(name, known.all()) {
        cx.at(
            at,
            format!("signal `{name}` is not taken by a command of the slice, and not declared in its markup"),
        )
        .help(format!("did you mean `{near}`? else declare it: `data-signals:{}=\"''\"`", to_key(name)));
    }
}

fn literal(attribute: &Attribute) -> proc_macro2::TokenStream {
    use crate::markup::model::Part;
    use quote::ToTokens;
    let text = attribute.value.iter().find_map(|part| match part {
        Part::Text(text) => Some(text.to_token_stream()),
        Part::Code(_) => None,
    });
    text.unwrap_or_else(|| attribute.at.clone())
}

/// The fields of `ensure!(…, field = …)` in the body of a command, which show beside a field of what it takes.
pub(super) fn messages(cx: &mut Errors, body: &Body<'_>, draft: &Draft) {
    let Some(names) = &draft.names else { return };
    for field in calls::messages(&body.tokens) {
        let name = field.to_string();
        if !names.know(&name) {
            let (command, all) = (&body.name, names.all());
            let help = match nearest(&name, all.iter().copied()) {
                Some(_) => hint(&name, &all),
                None => format!(
                    "it takes {}; a message that belongs to none of them is `Error::field(\"{name}\", …)`",
                    list(all)
                ),
            };
            cx.at(&field, format!("command `{command}` takes no field `{name}` to show a message beside"))
                .help(help);
        }
    }
}
