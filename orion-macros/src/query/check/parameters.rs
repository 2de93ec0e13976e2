//! The parameters of the SQL against the arguments of the function.

mod list;

use std::ops::Range;

use syn::LitStr;

use crate::argument::{Argument, By, Role};
use crate::errors::{Errors, Mistake};
use crate::nearest::{self, Pairs};
use crate::query::model::Bound;
use crate::scalar::{self, Scalar};
use crate::schema;
use crate::spelling::spell;
use crate::sql::Parameter;

/// The arguments in the order of the parameters.
pub(super) fn check(
    cx: &mut Errors,
    what: &str,
    sql: &LitStr,
    parameters: Vec<Parameter>,
    arguments: &[Argument],
) -> Vec<Bound> {
    for argument in arguments {
        plain(cx, what, argument);
    }
    names(cx, what, sql, &parameters, arguments);
    let mut bound = Vec::new();
    for parameter in parameters {
        let Some(argument) = arguments.iter().find(|argument| argument.name() == parameter.name) else {
            continue;
        };
        let element = list::element(cx, what, sql, &parameter, argument);
        let scalar = Scalar::of(element.as_ref().unwrap_or(&argument.ty));
        if let Some(scalar) = scalar {
            judge(cx, what, &parameter, argument, scalar, element.is_some());
        }
        bound.push(Bound { argument: argument.clone(), parameter, element, open: scalar.is_none() });
    }
    bound
}

/// Only values can be bound.
fn plain(cx: &mut Errors, what: &str, argument: &Argument) {
    if argument.role != Role::Plain || argument.by == By::Mutable {
        cx.at(&argument.ty, format!("argument `{}` of {what} cannot be bound to a parameter", argument.name()))
            .help("after the store a query takes values only: integers, `bool`, `f64`, `&str`, bytes, an `Option` of those");
    }
}

/// Each parameter has an argument and each argument is used.
fn names(cx: &mut Errors, what: &str, sql: &LitStr, parameters: &[Parameter], arguments: &[Argument]) {
    let names: Vec<String> = arguments.iter().map(Argument::name).collect();
    let missing = parameters.iter().map(|parameter| parameter.name.as_str());
    let missing = missing.filter(|name| names.iter().all(|argument| argument != name)).collect();
    let unused = names.iter().map(String::as_str);
    let unused = unused.filter(|name| parameters.iter().all(|parameter| parameter.name != *name)).collect();
    let Pairs { both, left: missing, right: unused } = nearest::pair(missing, unused);
    for (parameter, argument) in both {
        // A name that the SQL has elsewhere too is a column's: then the slip is in the argument.
        let help = if is_word_of(&sql.value(), parameter) && !is_word_of(&sql.value(), argument) {
            format!("name the argument `{parameter}`, or write `:{argument}`")
        } else {
            format!("did you mean `:{argument}`? or name the argument `{parameter}`")
        };
        missing_one(cx, what, sql, parameter).help(help);
    }
    for parameter in missing {
        let kind =
            parameters.iter().find(|other| other.name == parameter).and_then(|parameter| parameter.kind);
        let ty = kind.map_or("…", scalar::borrowed);
        missing_one(cx, what, sql, parameter).help(format!("add `{parameter}: {ty}` to its arguments"));
    }
    for argument in arguments.iter().filter(|argument| unused.contains(&argument.name().as_str())) {
        let name = argument.name();
        cx.at(&argument.ident, format!("{what} never uses its argument `{name}`"))
            .help(format!("write `:{name}` in the SQL, or remove it"));
    }
}

fn missing_one<'cx>(cx: &'cx mut Errors, what: &str, sql: &LitStr, parameter: &str) -> &'cx mut Mistake {
    let message = format!("{what} has no argument for its parameter `:{parameter}`");
    cx.at(sql, schema::quote(sql, place(&sql.value(), parameter), message))
}

/// Whether the SQL has the word, and not only as a parameter.
fn is_word_of(sql: &str, word: &str) -> bool {
    let in_name = |letter: char| letter.is_alphanumeric() || letter == '_';
    sql.match_indices(word).any(|(at, word)| {
        let (before, after) = (sql[..at].chars().next_back(), sql[at + word.len()..].chars().next());
        !before.is_some_and(|letter| in_name(letter) || letter == ':') && !after.is_some_and(in_name)
    })
}

/// Where a parameter first stands in the SQL.
fn place(sql: &str, parameter: &str) -> Option<Range<usize>> {
    let name = format!(":{parameter}");
    let mut places = sql.match_indices(&name).map(|(at, name)| at..at + name.len());
    let goes_on = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '$');
    places.find(|place| !sql[place.end..].starts_with(goes_on))
}

/// The argument's type, or that of its elements, where it and what the parameter wants are known.
fn judge(
    cx: &mut Errors,
    what: &str,
    parameter: &Parameter,
    argument: &Argument,
    scalar: Scalar,
    is_list: bool,
) {
    let (name, ty) = (&parameter.name, spell(&argument.ty));
    // What is compared and not stored has no rule about NULL; then one sort of number is as good as another.
    let compared = parameter.nullable.is_none();
    let fits = |kind| scalar.class.binds(kind) || (compared && scalar.class.compares(kind));
    if let Some(kind) = parameter.kind.filter(|kind| !fits(*kind)) {
        let right = scalar::borrowed(kind);
        let right = match right {
            right if is_list => format!("&[{right}]"),
            right if scalar.optional => format!("Option<{right}>"),
            right => right.to_owned(),
        };
        let must = format!("parameter `:{name}` of {what} must be `{}`", kind.word());
        cx.at(&argument.ty, format!("{must}, and `{ty}` is not")).help(format!("take `{name}: {right}`"));
    } else if scalar.optional && parameter.nullable == Some(false) {
        cx.at(&argument.ty, format!("parameter `:{name}` of {what} must not be null, and `{ty}` can be"))
            .help("take it without `Option`, or leave `not null` out of the column");
    }
}
