//! No two commands or pages of a slice answer the same request. Over all slices the library judges, in the same way.

use crate::command::Method;
use crate::errors::Errors;
use crate::function::Function;
use crate::route::Route;
use crate::slice::model::SliceItem;

struct Answer<'a> {
    what: String,
    method: Method,
    route: &'a Route,
}

/// What two routes have in common.
#[derive(Debug)]
enum Overlap {
    None,
    /// Some requests are both.
    Some,
    /// All that one answers the other does.
    Same,
    /// `{*rest}` stands where the other has a parameter, and the router could not tell them apart.
    Rest,
}

/// Reports the second of two that answer the same request, and the first.
pub(super) fn check(cx: &mut Errors, items: &[SliceItem]) {
    let mut answers: Vec<Answer<'_>> = Vec::new();
    for answer in items.iter().filter_map(answer) {
        if answers.iter().all(|first| agree(cx, first, &answer)) {
            answers.push(answer);
        }
    }
}

fn agree(cx: &mut Errors, first: &Answer<'_>, second: &Answer<'_>) -> bool {
    let one_method = first.method == second.method;
    let help = match overlap(&first.route.pattern, &second.route.pattern) {
        Overlap::Same | Overlap::Some if one_method => "give one of the two another path or method",
        Overlap::Same if first.route.parameters != second.route.parameters => {
            "one path has the same names for its parameters everywhere"
        }
        Overlap::Rest => "where one has a parameter the other cannot have a `{*rest}`",
        _ => return true,
    };
    let (literal, method) = (&first.route.literal, first.method.variant().to_uppercase());
    cx.at(literal, format!("{} answers {method} {} first", first.what, literal.value()));
    let message =
        if one_method { "must not answer the same requests" } else { "must agree about their path" };
    cx.at(&second.route.literal, format!("{} and {} {message}", first.what, second.what)).help(help);
    false
}

/// What `{*rest}` takes is what nobody else does, so it overlaps with another of its kind only.
fn overlap(first: &str, second: &str) -> Overlap {
    let (mut a, mut b) = (first.split('/'), second.split('/'));
    let mut same = true;
    loop {
        match (a.next(), b.next()) {
            (None, None) | (Some("{*}"), Some("{*}")) => {
                return if same { Overlap::Same } else { Overlap::Some };
            }
            (Some("{*}"), Some("{}")) | (Some("{}"), Some("{*}")) if same => return Overlap::Rest,
            (None | Some("{*}"), _) | (_, None | Some("{*}")) => return Overlap::None,
            (Some("{}"), Some(word)) | (Some(word), Some("{}")) if word != "{}" => {
                // `/a/` has an empty segment at its end, which no parameter is.
                if word.is_empty() {
                    return Overlap::None;
                }
                same = false;
            }
            (Some(a), Some(b)) if a != b => return Overlap::None,
            _ => {}
        }
    }
}

/// What the paths of the slice begin with, each once: `boards` of `/boards/{id}`, `{}` of a parameter. The library compares the
/// routes of two slices only if they begin alike. Of a slice with a route under `#[cfg]` nothing: then the library compares
/// what is there, which here is not known.
pub(crate) fn beginnings(items: &[SliceItem]) -> Vec<String> {
    if items.iter().any(|item| declared(item).is_some() && answer(item).is_none()) {
        return Vec::new();
    }
    let first = |answer: Answer<'_>| answer.route.pattern.split('/').nth(1).unwrap_or_default().to_owned();
    let all: std::collections::BTreeSet<String> = items.iter().filter_map(declared).map(first).collect();
    all.into_iter().collect()
}

/// Who answers for sure: with `#[cfg]` there may be only one of two.
fn answer(item: &SliceItem) -> Option<Answer<'_>> {
    let function = match item {
        SliceItem::Command(command) => &command.function,
        SliceItem::Page(page) => &page.function,
        _ => return None,
    };
    declared(item).filter(|_| function.cfg().is_empty())
}

fn declared(item: &SliceItem) -> Option<Answer<'_>> {
    let (kind, function, method, route): (_, &Function, _, &Route) = match item {
        SliceItem::Command(command) => {
            let link = &command.link;
            ("command", &command.function, link.method, &link.route)
        }
        SliceItem::Page(page) => ("page", &page.function, Method::Get, &page.link.route),
        _ => return None,
    };
    route.sound.then(|| Answer { what: format!("{kind} `{}`", function.name()), method, route })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the library is asked.
    const CASES: &str = include_str!("../../../../orion/src/closure/route/cases.txt");

    /// A path without the names of its parameters.
    fn pattern(path: &str) -> String {
        let segment = |segment: &str| match segment.strip_prefix('{') {
            Some(name) if name.starts_with('*') => "{*}".to_owned(),
            Some(_) => "{}".to_owned(),
            None => segment.to_owned(),
        };
        path.split('/').map(segment).collect::<Vec<_>>().join("/")
    }

    #[test]
    fn the_macro_and_the_library_judge_alike() {
        for case in CASES.lines() {
            let [verdict, a, b] = case.split_whitespace().collect::<Vec<_>>()[..] else { panic!("{case}") };
            assert_eq!(format!("{:?}", overlap(&pattern(a), &pattern(b))), verdict, "{a} {b}");
            assert_eq!(format!("{:?}", overlap(&pattern(b), &pattern(a))), verdict, "{b} {a}");
        }
    }
}
