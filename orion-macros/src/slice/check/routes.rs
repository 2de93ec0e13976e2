//! No two commands or pages of a slice answer the same request.

use syn::LitStr;

use crate::command::Method;
use crate::errors::Errors;
use crate::function::Function;
use crate::route::Route;
use crate::slice::model::SliceItem;

struct Answer<'a> {
    what: String,
    method: Method,
    pattern: &'a str,
    literal: &'a LitStr,
}

/// Reports the second of two that answer the same request, and the first.
pub(super) fn check(cx: &mut Errors, items: &[SliceItem]) {
    let mut answers: Vec<Answer<'_>> = Vec::new();
    for answer in items.iter().filter_map(answer) {
        let first =
            answers.iter().find(|first| first.method == answer.method && first.pattern == answer.pattern);
        if let Some(first) = first {
            let method = first.method.variant().to_uppercase();
            cx.at(first.literal, format!("{} answers {method} {} first", first.what, first.literal.value()));
            cx.at(
                answer.literal,
                format!("{} and {} must not answer the same requests", first.what, answer.what),
            )
            .help("give one of the two another path or method");
        } else {
            answers.push(answer);
        }
    }
}

fn answer(item: &SliceItem) -> Option<Answer<'_>> {
    let (kind, function, method, route): (_, &Function, _, &Route) = match item {
        SliceItem::Command(command) => {
            let link = command.link.as_ref()?;
            ("command", &command.function, link.method, &link.route)
        }
        SliceItem::Page(page) => ("page", &page.function, Method::Get, &page.link.as_ref()?.route),
        _ => return None,
    };
    // With `#[cfg]` there may be only one of them.
    let what = format!("{kind} `{}`", function.name());
    function.cfg().is_empty().then_some(Answer {
        what,
        method,
        pattern: &route.pattern,
        literal: &route.literal,
    })
}
