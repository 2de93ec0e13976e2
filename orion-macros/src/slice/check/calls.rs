//! Calls of a region's or a page's function where its embed or its link was meant: what goes with it is in the module beside it.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::quote;
use syn::parse_quote;

use crate::argument::Role;
use crate::errors::Errors;
use crate::function::Function;
use crate::slice::model::SliceItem;
use crate::spelling::spell;

/// A function that is not there to be called.
struct Declared {
    name: String,
    kind: Kind,
    /// How many arguments it has.
    all: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// With how many arguments it is embedded.
    Region(usize),
    Page,
}

/// Reports such calls, as far as they are surely meant so, and leaves the body out: that a call is wrong for rustc too is no second
/// mistake.
pub(super) fn check(cx: &mut Errors, items: &mut [SliceItem]) {
    let declared: Vec<Declared> = items.iter().filter_map(declared).collect();
    if declared.is_empty() {
        return;
    }
    for item in items {
        let (SliceItem::Region(crate::region::Region { function, .. })
        | SliceItem::Command(crate::command::Command { function, .. })
        | SliceItem::Page(crate::page::Page { function, .. })) = item
        else {
            continue;
        };
        let Some(body) = function.body.as_ref().map(Group::stream) else { continue };
        let before = cx.count();
        calls(cx, &declared, &body, false);
        if cx.count() > before {
            function.body = Some(Group::new(Delimiter::Brace, quote!(::core::unimplemented!())));
            function.attrs.push(parse_quote!(#[allow(unused_variables)]));
        }
    }
}

fn declared(item: &SliceItem) -> Option<Declared> {
    let of =
        |function: &Function, kind| Declared { name: function.name(), kind, all: function.sig.inputs.len() };
    match item {
        SliceItem::Region(region) if region.sound && region.takes(Role::Db) => {
            Some(of(&region.function, Kind::Region(region.key().count())))
        }
        SliceItem::Page(page) => Some(of(&page.function, Kind::Page)),
        _ => None,
    }
}

/// Looks at each call; `to`: whether the tokens say where a browser is sent.
fn calls(cx: &mut Errors, declared: &[Declared], tokens: &TokenStream, to: bool) {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let name = match at.checked_sub(1).and_then(|before| tokens.get(before)) {
            Some(TokenTree::Ident(name)) if group.delimiter() == Delimiter::Parenthesis => Some(name),
            _ => None,
        };
        let plain = at.checked_sub(2).and_then(|before| tokens.get(before)).is_none_or(is_before_a_name);
        if let Some(name) = name.filter(|_| plain)
            && let Some(function) = declared.iter().find(|function| name == function.name.as_str())
            && told(cx, function, name, group, to)
        {
            continue;
        }
        let sends = name.is_some_and(|name| name == "redirect" || name == "and_redirect");
        calls(cx, declared, &group.stream(), sends);
    }
}

/// Whether a plain name can follow: no method, no path, no declaration.
fn is_before_a_name(token: &TokenTree) -> bool {
    match token {
        TokenTree::Punct(punct) => !matches!(punct.as_char(), '.' | ':' | '\''),
        TokenTree::Ident(word) => word != "fn" && word != "let",
        TokenTree::Group(_) | TokenTree::Literal(_) => true,
    }
}

fn told(cx: &mut Errors, function: &Declared, name: &Ident, group: &Group, to: bool) -> bool {
    let arguments = group.stream();
    let (given, written) = (count(&arguments), spell(&arguments));
    match function.kind {
        // Rust would not take so few arguments either: the store is missing.
        Kind::Region(key) if given == key && given != function.all => {
            cx.at(
                name,
                format!(
                    "`{name}({written})` lacks the store: it is the function that renders region `{name}`"
                ),
            )
            .help(format!("to put the region into markup write `{name}::region({written})`"));
            true
        }
        Kind::Page if to => {
            cx.at(name, format!("`{name}({written})` is what page `{name}` shows, not where it is"))
                .help(format!("write `{name}::path({written})`"));
            true
        }
        _ => false,
    }
}

/// How many arguments there are.
fn count(arguments: &TokenStream) -> usize {
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ',');
    let tokens: Vec<TokenTree> = arguments.clone().into_iter().collect();
    tokens.split(is_comma).filter(|argument| !argument.is_empty()).count()
}
