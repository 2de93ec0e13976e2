//! Shows the code of a slice's items to those who judge the markup in it.

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::errors::Errors;
use crate::function::Function;
use crate::item::{Item, Shape};
use crate::markup::{self, Body, Kind};
use crate::reach::Reaches;
use crate::slice::model::SliceItem;

/// Checks the markup of a slice.
pub(super) fn check(cx: &mut Errors, items: &[SliceItem], reaches: &Reaches) {
    let bodies: Vec<Body<'_>> = items.iter().filter_map(body).collect();
    markup::check(cx, &bodies, reaches);
}

fn body(item: &SliceItem) -> Option<Body<'_>> {
    let (kind, function) = match item {
        SliceItem::Plain(item) => return Some(plain(item)),
        SliceItem::Region(region) => (Kind::Region, &region.function),
        SliceItem::Command(command) => (Kind::Command(command.draft.as_ref()), &command.function),
        SliceItem::Page(page) => (Kind::Other, &page.function),
        SliceItem::Query(_) | SliceItem::Topic(_) => return None,
    };
    Some(of(kind, function))
}

fn of<'a>(kind: Kind<'a>, function: &Function) -> Body<'a> {
    let tokens = function.body.as_ref().map_or_else(TokenStream::new, ToTokens::to_token_stream);
    Body { kind, name: function.name(), tokens }
}

/// A function, or another item with code in it: an `impl`.
fn plain(item: &Item) -> Body<'static> {
    if item.shape == Shape::Function
        && let Ok(function) = Function::of(item)
    {
        return of(Kind::Other, &function);
    }
    Body { kind: Kind::Other, name: String::new(), tokens: item.tokens.clone() }
}
