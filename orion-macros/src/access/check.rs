//! Judges who may: for everybody or for some, and with what its roles are asked.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Ident, Token};

use super::model::{Access, Role, Roles};
use super::parse::{Written, WrittenRole};
use crate::argument::Argument;
use crate::errors::Errors;
use crate::nearest;
use crate::options;
use crate::spelling::spell;

/// How a role is written.
const HELP: &str = "write `allow(editor)`, or with a parameter of the path `allow(editor(board))`";

/// Who may use `what`, whose path is filled by `filled`; `None` where something is wrong, which was reported.
pub(crate) fn check(
    cx: &mut Errors,
    what: &str,
    written: &Written,
    filled: Option<&[Argument]>,
    known: &Roles,
) -> Option<Access> {
    let before = cx.count();
    let access = match (&written.allow, &written.public) {
        (None, None) => Access::Unstated,
        (None, Some(public)) => {
            if !public.is_flag() {
                cx.at(public.wrong(), "option `public` must stand alone").help("write `public`");
            }
            Access::Public
        }
        (Some(_), Some(public)) => {
            cx.at(&public.key, format!("{what} must be `public` or say whom it allows, not both"))
                .help("remove one of the two");
            Access::Public
        }
        (Some(allow), None) => Access::Allow(roles(cx, what, allow, filled, known)),
    };
    (cx.count() == before && !written.broken).then_some(access)
}

fn roles(
    cx: &mut Errors,
    what: &str,
    allow: &options::Written,
    filled: Option<&[Argument]>,
    known: &Roles,
) -> Vec<Role> {
    let Some(list) = allow.list().filter(|list| !list.is_empty()) else {
        cx.at(allow.wrong(), "option `allow` must list roles").help(HELP);
        return Vec::new();
    };
    let written = match Punctuated::<WrittenRole, Token![,]>::parse_terminated.parse2(list) {
        Ok(written) => written,
        Err(error) => {
            cx.at_span(error.span(), "a role is the name of a function that decides").help(HELP);
            return Vec::new();
        }
    };
    let mut roles: Vec<Role> = Vec::new();
    let mut seen: Vec<(String, TokenStream)> = Vec::new();
    for WrittenRole { path, arguments } in written {
        let (spelled, tokens) = (spelled(&path, &arguments), path.to_token_stream());
        if let Some((_, first)) = seen.iter().find(|(other, _)| *other == spelled) {
            cx.at(first, format!("role `{spelled}` is listed here first"));
            cx.at(tokens, format!("role `{spelled}` is listed twice")).help("remove one of the two");
            continue;
        }
        seen.push((spelled, tokens));
        // Without a path that could be read there is nothing to compare with.
        let arguments = filled.map(|filled| named(cx, what, &path, &arguments, filled));
        let doubt = known.doubt(&path);
        roles.push(Role { path, arguments: arguments.unwrap_or_default(), doubt });
    }
    roles
}

fn spelled(path: &syn::Path, arguments: &[Ident]) -> String {
    let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
    let list = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    format!("{}{list}", spell(path))
}

/// The parameters of the path that a role is asked with.
fn named(
    cx: &mut Errors,
    what: &str,
    role: &syn::Path,
    names: &[Ident],
    filled: &[Argument],
) -> Vec<Argument> {
    let known: Vec<String> = filled.iter().map(Argument::name).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut arguments = Vec::new();
    for name in names {
        if let Some(argument) = filled.iter().find(|argument| argument.ident == *name) {
            arguments.push(argument.clone());
            continue;
        }
        let hint = match known[..] {
            [] => format!("write `{{{name}}}` in the path, with an argument of that name"),
            _ => nearest::hint(&name.to_string(), &known),
        };
        cx.at(name, format!("role `{}` needs `{{{name}}}` in the path of {what}", spell(role))).help(hint);
    }
    arguments
}
