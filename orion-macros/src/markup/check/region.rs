//! What a morph needs of the markup of a region. Datastar finds the element that a new one replaces by its id; without one
//! by its tag and its place among its neighbours, which is another element as soon as one before it comes or goes.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::Source;
use crate::errors::Errors;
use crate::markup::model::{Element, Loop, Node, each};

/// Checks the markup of a body that is rendered in `region`.
pub(super) fn check(cx: &mut Errors, source: &Source<'_>, region: &str) {
    for nodes in &source.markup {
        each(nodes, &mut |node| match node {
            Node::Element(element) => {
                script(cx, element, region);
                typed(cx, element, region);
            }
            Node::Loop(repeated) => row(cx, repeated, region),
            Node::Block(_) | Node::Code(_) => {}
        });
    }
}

/// A script that a morph brings in runs twice: by the browser, and by Datastar.
fn script(cx: &mut Errors, element: &Element, region: &str) {
    let kind = element.attribute("type").and_then(|kind| kind.literal()).map(syn::LitStr::value);
    let runs = kind.is_none_or(|kind| matches!(kind.as_str(), "" | "module" | "text/javascript"));
    if element.name == "script" && runs {
        cx.at(
            &element.at,
            format!("region `{region}` must not have a script in it: a morph would run it twice"),
        )
        .help("put it into the page, beside the region, or into a file of the static folder");
    }
}

/// A warning, not an error: as long as nothing before it comes or goes, a morph finds it without an id too.
fn typed(cx: &mut Errors, element: &Element, region: &str) {
    if is_typed(element) && element.attribute("id").is_none() {
        let name = &element.name;
        cx.warn(
            &element.at,
            format!(
                "an `{name}` in region `{region}` has no id: what is typed there can end up in another one"
            ),
        )
        .help(format!(
            "write `{name} id=\"…\"`; in a loop with what tells one from the others, `id={{\"…-\" (…)}}`"
        ));
    }
}

/// Whether a viewer changes what it shows.
fn is_typed(element: &Element) -> bool {
    match element.name.as_str() {
        "textarea" | "select" => true,
        "input" => {
            let kind = element.attribute("type");
            // A kind that is made by code can be any.
            kind.is_none_or(|kind| {
                kind.literal().is_some_and(|kind| {
                    !["hidden", "submit", "button", "reset", "image"].contains(&kind.value().as_str())
                })
            })
        }
        _ => false,
    }
}

/// A row with something in it that a viewer is about to use, and no id. A row of text needs none: it is rewritten in place.
fn row(cx: &mut Errors, repeated: &Loop, region: &str) {
    if is_fixed(&repeated.over) {
        return;
    }
    let Some(row) = first(&repeated.body) else { return };
    let (mut id, mut typed, mut holds) = (false, false, false);
    each(std::slice::from_ref(row), &mut |node| {
        if let Node::Element(element) = node {
            id |= element.attribute("id").is_some();
            typed |= is_typed(element);
            holds |= holds_something(element);
        }
    });
    // An input without an id was said to be one already.
    if let (Node::Element(row), true, false, false) = (row, holds, id, typed) {
        let name = &row.name;
        let each = match repeated.pattern.clone().into_iter().collect::<Vec<_>>().as_slice() {
            [TokenTree::Ident(each)] => format!("({each}.id)"),
            _ => "(…)".to_owned(),
        };
        cx.warn(&row.at, format!("the rows of region `{region}` have no ids: when one comes or goes, focus and state are another's"))
            .help(format!("write `{name} id={{\"{region}-\" {each}}} …`, with what tells one from the others"));
    }
}

/// The first element that is repeated.
fn first(nodes: &[Node]) -> Option<&Node> {
    nodes.iter().find_map(|node| match node {
        Node::Element(_) => Some(node),
        Node::Block(nodes) => first(nodes),
        Node::Loop(_) | Node::Code(_) => None,
    })
}

/// Whether it can have focus that matters or a state of its own.
fn holds_something(element: &Element) -> bool {
    const STATE: [&str; 7] = ["button", "details", "dialog", "video", "audio", "iframe", "canvas"];
    STATE.contains(&element.name.as_str())
        || element.attributes.iter().any(|attribute| {
            attribute.name.starts_with("data-")
                || ["contenteditable", "draggable"].contains(&attribute.name.as_str())
        })
}

/// Whether the rows are always the same: `["a", "b"]`, `1..=5`.
fn is_fixed(over: &TokenStream) -> bool {
    let mut tokens = over.clone().into_iter();
    match tokens.next() {
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Bracket,
        Some(TokenTree::Literal(_)) => !tokens.any(|token| matches!(token, TokenTree::Ident(_))),
        _ => false,
    }
}
