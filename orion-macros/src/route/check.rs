//! Judges a path by itself, and against the arguments of its function.

use std::collections::BTreeMap;

use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Ident, LitStr};

use super::{Filled, Route};
use crate::argument::{Argument, Role};
use crate::errors::Errors;
use crate::nearest::{self, Pairs};
use crate::scalar::{Class, Scalar};
use crate::spelling::spell;

/// Characters that a path may have as they are: RFC 3986's `pchar` without `'`, which would end the string that an
/// action is written in.
const LITERAL: &str = "-._~!$&()+,;=@%";

/// The route that a path is; `what` is whose it is: "command `add`".
pub(crate) fn check(cx: &mut Errors, what: &str, literal: &LitStr) -> Route {
    let path = literal.value();
    let before = cx.count();
    let rest = path.strip_prefix('/').unwrap_or_else(|| {
        cx.at(literal, format!("the path of {what} must begin with `/`"))
            .help(format!("write `\"/{path}\"`"));
        &path
    });
    let segments: Vec<&str> = rest.split('/').collect();
    let (mut parameters, mut pattern) = (Vec::new(), String::new());
    for (at, segment) in segments.iter().enumerate() {
        let last = at + 1 == segments.len();
        pattern.push('/');
        if let Some(name) = parameter(segment) {
            named(cx, what, literal, segment, name, last, &mut parameters);
            pattern.push_str(if name.starts_with('*') { "{*}" } else { "{}" });
        } else {
            plain(cx, what, literal, segment, last);
            pattern.push_str(segment);
        }
    }
    Route { literal: literal.clone(), parameters, pattern, sound: cx.count() == before }
}

/// The name between a segment's braces, with its star.
fn parameter(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

fn named(
    cx: &mut Errors,
    what: &str,
    literal: &LitStr,
    segment: &str,
    name: &str,
    last: bool,
    parameters: &mut Vec<String>,
) {
    let rest = name.strip_prefix('*');
    let name = rest.unwrap_or(name);
    // A word of Rust is a name too: its argument is `r#type`.
    if Ident::parse_any.parse_str(name).is_err() {
        cx.at(literal, format!("the path of {what} must have a name in `{segment}`"))
            .help("a parameter is named as an argument is: `{id}`");
    } else if rest.is_some() && !last {
        cx.at(literal, format!("`{segment}` must end the path of {what}")).help("it takes all that is left");
    } else if parameters.iter().any(|other| other == name) {
        cx.at(literal, format!("the path of {what} has `{{{name}}}` twice")).help("give each its own name");
    } else {
        parameters.push(name.to_owned());
    }
}

fn plain(cx: &mut Errors, what: &str, literal: &LitStr, segment: &str, last: bool) {
    if let Some(name) = segment.strip_prefix(':') {
        cx.at(literal, format!("the path of {what} must have its parameters between braces"))
            .help(format!("write `{{{name}}}` for `{segment}`"));
    } else if segment.contains(['{', '}']) {
        cx.at(
            literal,
            format!("a parameter must be a whole segment of the path of {what}, unlike `{segment}`"),
        )
        .help("write `/a/{id}`");
    } else if segment.is_empty() && !last {
        cx.at(literal, format!("the path of {what} must not have an empty segment"))
            .help("write one `/` for `//`");
    } else if let Some(wrong) =
        segment.chars().find(|letter| !letter.is_ascii_alphanumeric() && !LITERAL.contains(*letter))
    {
        cx.at(literal, format!("the path of {what} must not have `{wrong}` in it"))
            .help("a path is letters, digits and `-._~`; anything else percent-encoded; a query is taken with `Query<T>`");
    }
}

/// The arguments that fill the path; each plain argument must be in it. `from` says where else one can come from. Without
/// arguments, because the signature was refused, there is nothing to say.
pub(crate) fn filled(
    cx: &mut Errors,
    what: &str,
    route: &Route,
    arguments: Option<&[Argument]>,
    from: &str,
) -> Filled {
    let Some(arguments) = arguments else { return Filled { arguments: Vec::new(), fits: false } };
    if !route.sound {
        // What its parameters are nobody knows yet: the arguments that could be some.
        let plain = arguments.iter().filter(|argument| argument.role == Role::Plain);
        return Filled { arguments: plain.cloned().collect(), fits: false };
    }
    let before = cx.count();
    let meant = names(cx, what, route, arguments, from);
    let find = |name: &str| arguments.iter().find(|argument| argument.name() == name);
    let meant = |name: &String| find(name).or_else(|| meant.get(name).and_then(|name| find(name)));
    let arguments: Vec<Argument> = route.parameters.iter().filter_map(meant).cloned().collect();
    for argument in &arguments {
        printed(cx, what, argument);
    }
    Filled { arguments, fits: cx.count() == before }
}

/// Each parameter has an argument, and each plain argument is a parameter. Gives back the arguments that were probably meant
/// for parameters of another name.
fn names(
    cx: &mut Errors,
    what: &str,
    route: &Route,
    arguments: &[Argument],
    from: &str,
) -> BTreeMap<String, String> {
    let names: Vec<String> = arguments.iter().map(Argument::name).collect();
    let missing = route.parameters.iter().filter(|name| !names.contains(name)).map(String::as_str).collect();
    // A type that is not known may come from the request in its own way: the trait judges it.
    let known = |argument: &&Argument| Scalar::of(&argument.ty).is_some() || argument.is_str();
    let lost: Vec<String> = arguments.iter().filter(known).map(Argument::name).collect();
    let lost = lost.iter().filter(|name| !route.parameters.contains(name)).map(String::as_str).collect();
    let Pairs { both, left: alone, right: lost } = nearest::pair(missing, lost);
    let mut lacks = |name: &str, help: String| {
        cx.at(&route.literal, format!("{what} has no argument for `{{{name}}}` in its path")).help(help);
    };
    for (name, argument) in &both {
        lacks(name, format!("did you mean `{{{argument}}}`? or name the argument `{name}`"));
    }
    for name in alone {
        lacks(name, format!("add `{name}: i64`, or the type that it has, to its arguments"));
    }
    for argument in arguments.iter().filter(|argument| lost.contains(&argument.name().as_str())) {
        let name = argument.name();
        cx.at(&argument.ident, format!("argument `{name}` of {what} must come from somewhere"))
            .help(format!("write `{{{name}}}` in the path, or take it {from}"));
    }
    both.into_iter().map(|(name, argument)| (name.to_owned(), argument.to_owned())).collect()
}

/// A parameter is a piece of text that is always there: types that surely cannot be read from one are told here, others
/// by `FromStr` and `Display`.
fn printed(cx: &mut Errors, what: &str, argument: &Argument) {
    let (name, ty) = (argument.name(), spell(&argument.ty));
    if argument.role != Role::Plain {
        cx.at(&argument.ty, format!("`{{{name}}}` in the path of {what} must be a value, not `{ty}`"))
            .help("give the parameter another name");
    } else if Scalar::of(&argument.ty).is_some_and(|scalar| scalar.optional || scalar.class == Class::Blob) {
        cx.at(&argument.ty, format!("`{{{name}}}` in the path of {what} cannot be read as `{ty}`"))
            .help("it is always there and it is text: take an integer, `String`, `&str` or what else is `FromStr` and `Display`");
    }
}
