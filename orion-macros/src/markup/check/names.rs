//! Names of signals.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::LitStr;

use super::Source;
use super::known::Known;
use crate::errors::Errors;
use crate::markup::attribute::{Meaning, meaning, to_key};
use crate::markup::expression;
use crate::markup::model::{Attribute, Part};
use crate::nearest::nearest_dotted;
use crate::spelling::list;

/// Checks the names in all markup of the slice, and in the replies of its commands.
///
/// What is bound must be taken or declared: it is sent. Elsewhere a name that nobody here knows may be another slice's, on
/// whose page the markup stands; only one that is nearly a known one is taken for a slip.
pub(super) fn check(cx: &mut Errors, sources: &[Source<'_>], known: &Known<'_>) {
    for source in sources {
        for attribute in source.attributes() {
            match meaning(attribute) {
                Meaning::Bind(name) => bound(cx, attribute, &name, known),
                other if other.is_expression() => {
                    for named in expression::named(&attribute.value) {
                        slip(cx, named.at, &named.name, known);
                    }
                }
                _ => {}
            }
        }
        for literal in source.calls.literals(&["signal", "and_signal"]) {
            slip(cx, literal, &literal.value(), known);
        }
    }
}

fn bound(cx: &mut Errors, attribute: &Attribute, name: &str, known: &Known<'_>) {
    let keyed = !attribute.key.is_empty();
    let at = if keyed { attribute.key.clone() } else { literal(attribute) };
    let members = known.members(name);
    if !members.is_empty() && attribute.value.len() <= 1 && !known.declares(name) {
        let held = list(members.iter().copied());
        cx.at(at, format!("signal `{name}` holds {held}: one of these must be bound"))
            .help(format!("write `data-bind=\"{}\"`", members[0]));
        return;
    }
    if known.knows(name) {
        return;
    }
    let capital = attribute.name.rsplit(':').next().filter(|key| keyed && known.knows(key));
    let help = match (capital, nearest_dotted(name, known.all())) {
        (Some(signal), _) => {
            format!("the name of an attribute has no capitals: write `data-bind:{}`", to_key(signal))
        }
        (None, Some(near)) => format!("did you mean `{near}`?"),
        (None, None) if known.fields().is_empty() => {
            format!(
                "add `{name}` to the struct that a command takes, or declare it: `data-signals:{}=\"''\"`",
                to_key(name)
            )
        }
        (None, None) => format!(
            "they take {}; declare one that no command takes, `data-signals:{}=\"''\"`, or begin its name with `_`; \
             another slice's is `data-bind=(slice::command::signals().{name})`",
            list(known.fields()),
            to_key(name)
        ),
    };
    unknown(cx, at, name, help);
}

fn slip(cx: &mut Errors, at: &LitStr, name: &str, known: &Known<'_>) {
    if !known.knows(name)
        && let Some(near) = nearest_dotted(name, known.all())
    {
        let help = format!("did you mean `{near}`? else declare it: `data-signals:{}=\"''\"`", to_key(name));
        unknown(cx, at, name, help);
    }
}

fn unknown(cx: &mut Errors, at: impl ToTokens, name: &str, help: String) {
    cx.at(
        at,
        format!("signal `{name}` is not taken by a command of the slice, and not declared in its markup"),
    )
    .help(help);
}

/// The first literal of the value.
fn literal(attribute: &Attribute) -> TokenStream {
    let text = attribute.value.iter().find_map(|part| match part {
        Part::Text(text) => Some(text.to_token_stream()),
        Part::Code(_) => None,
    });
    text.unwrap_or_else(|| attribute.at.clone())
}
