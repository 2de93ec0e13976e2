//! Reads a slice: the module, its items, and which of them declare something.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::discouraged::Speculative as _;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Token, braced};

use super::model::{Module, Written, WrittenItem};
use crate::construct::Construct;
use crate::errors::Errors;
use crate::function::Function;
use crate::item::{Item, Shape};
use crate::options::Options;
use crate::{command, migration, page, query, region, topic};

/// The slice, or `None` where the attribute is not on a module with items in it.
pub(crate) fn parse(cx: &mut Errors, args: TokenStream, item: &TokenStream) -> Option<Written> {
    let Ok(Content { module, items }) = syn::parse2::<Content>(item.clone()) else {
        // The whole item would be underlined: its first line is enough.
        let first = item.clone().into_iter().next();
        cx.at(first.into_token_stream(), "`#[orion::slice]` must be on a module with its items inside")
            .help("write `#[orion::slice] pub mod todos { … }`; in a file of its own, `pub mod slice { … }` with `name = \"todos\"`");
        return None;
    };
    let mut options = Options::parse(cx, args, "a slice", &["name", "migrations", "uses", "keyed"]);
    let name = options.take_string(cx, "name");
    let (uses, keyed) = (options.take("uses"), options.take("keyed"));
    let folder = options.take_string(cx, "migrations");
    let (called, history) = (Vec::new(), Vec::new());
    let mut written = Written { name, folder, uses, keyed, module, called, history, items: Vec::new() };
    for item in items {
        read(cx, item, &mut written);
    }
    Some(written)
}

/// Reads what the item declares, and takes the attribute off that says so.
fn read(cx: &mut Errors, mut entry: Entry, written: &mut Written) {
    let (ours, others) = entry.take_attrs().into_iter().partition(|attr| Construct::of(attr).is_some());
    entry.set_attrs(others);
    let Some((construct, attr)) = only(cx, ours) else {
        if let Entry::Item(item) = entry {
            written.items.push(WrittenItem::Plain(item));
        }
        return;
    };
    if let Some(name) = attr.path().get_ident()
        && !written.called.contains(name)
    {
        written.called.push(name.clone());
    }
    let item = match entry {
        Entry::Function(function) => return written.items.push(declared(cx, construct, &attr, *function)),
        Entry::Item(item) => item,
    };
    let (shape, shape_name) = construct.shape();
    if item.shape != shape {
        let name = construct.name();
        cx.at(attr.path(), format!("`#[{name}]` must be on a {shape_name}"))
            .help(format!("put it on {}, or take it away", construct.example()));
        return written.items.push(WrittenItem::Plain(item.with_a_body()));
    }
    match construct {
        Construct::Migration => written.history.push(migration::parse(cx, &attr, item)),
        Construct::Topic => written.items.push(WrittenItem::Topic(topic::parse(cx, &attr, item))),
        // It could not be read as a function: rustc has reported why.
        Construct::Query | Construct::Region | Construct::Command | Construct::Page => {
            written.items.push(WrittenItem::Plain(item.with_a_body()));
        }
    }
}

fn declared(cx: &mut Errors, construct: Construct, attr: &Attribute, function: Function) -> WrittenItem {
    match construct {
        Construct::Region => WrittenItem::Region(region::parse(cx, attr, function)),
        Construct::Command => WrittenItem::Command(command::parse(cx, attr, function)),
        Construct::Page => WrittenItem::Page(page::parse(cx, attr, function)),
        _ => WrittenItem::Query(query::parse(cx, attr, function)),
    }
}

/// What the attributes of one item declare: one thing.
fn only(cx: &mut Errors, attrs: Vec<Attribute>) -> Option<(Construct, Attribute)> {
    let mut attrs = attrs.into_iter().filter_map(|attr| Some((Construct::of(&attr)?, attr)));
    let first = attrs.next()?;
    for (second, attr) in attrs {
        let (first, second) = (first.0.name(), second.name());
        let message = if first == second {
            format!("`#[{first}]` is here twice")
        } else {
            format!("one item cannot be a {first} and a {second}")
        };
        cx.at(attr.path(), message).help("remove one of the two");
    }
    Some(first)
}

struct Content {
    module: Module,
    items: Vec<Entry>,
}

/// An item of the module. What is declared to be a query, a region, a command or a page is read as a function at once,
/// where it can be: each copy of its tokens costs a call to the compiler.
enum Entry {
    Item(Item),
    Function(Box<Function>),
}

impl Entry {
    fn take_attrs(&mut self) -> Vec<Attribute> {
        match self {
            Self::Item(item) => std::mem::take(&mut item.attrs),
            Self::Function(function) => std::mem::take(&mut function.attrs),
        }
    }

    fn set_attrs(&mut self, others: Vec<Attribute>) {
        match self {
            Self::Item(item) => item.attrs = others,
            Self::Function(function) => function.attrs = others,
        }
    }
}

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = Attribute::parse_outer(input)?;
        if attrs.iter().find_map(Construct::of).is_some_and(|first| first.shape().0 == Shape::Function) {
            let ahead = input.fork();
            if let Ok(function) = Function::parse(attrs.clone(), &ahead) {
                input.advance_to(&ahead);
                return Ok(Self::Function(Box::new(function)));
            }
        }
        Item::after(attrs, input).map(Self::Item)
    }
}

impl Parse for Content {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let attrs = Attribute::parse_outer(input)?;
        let vis = input.parse()?;
        input.parse::<Token![mod]>()?;
        let ident = input.parse()?;
        let body;
        braced!(body in input);
        let inner = Attribute::parse_inner(&body)?;
        let mut items = Vec::new();
        while !body.is_empty() {
            items.push(body.parse()?);
        }
        Ok(Self { module: Module { attrs, vis, ident, inner }, items })
    }
}
