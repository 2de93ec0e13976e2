//! Judges the markup of a slice: names of attributes, signals and fields everywhere, what a morph needs where it is rendered
//! in a region.

mod fields;
mod known;
mod names;
mod region;
mod spelling;

use proc_macro2::TokenStream;

use super::calls::Calls;
use super::model::{Attribute, Node, each};
use super::parse;
use crate::command::Draft;
use crate::errors::Errors;
use crate::reach::Reaches;
use known::Known;

/// An item of the slice with code in it.
pub(crate) struct Body<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) name: String,
    pub(crate) tokens: TokenStream,
}

/// What item it is.
#[derive(Clone, Copy)]
pub(crate) enum Kind<'a> {
    Region,
    /// With what it takes from the page.
    Command(Option<&'a Draft>),
    Other,
}

/// A body with its markup.
struct Source<'a> {
    body: &'a Body<'a>,
    markup: Vec<Vec<Node>>,
    calls: Calls,
}

impl<'a> Source<'a> {
    fn of(body: &'a Body<'a>) -> Self {
        Self { body, markup: parse::find(&body.tokens), calls: Calls::of(&body.tokens) }
    }

    /// Every attribute of its markup.
    fn attributes(&self) -> Vec<&Attribute> {
        let mut all = Vec::new();
        for nodes in &self.markup {
            each(nodes, &mut |node| {
                if let Node::Element(element) = node {
                    all.extend(&element.attributes);
                }
            });
        }
        all
    }

    /// What it takes from the page, if it is a command.
    fn draft(&self) -> Option<&'a Draft> {
        match self.body.kind {
            Kind::Command(draft) => draft,
            Kind::Region | Kind::Other => None,
        }
    }
}

/// Checks the markup in all bodies of a slice.
pub(crate) fn check(cx: &mut Errors, bodies: &[Body<'_>], reaches: &Reaches) {
    let sources: Vec<Source<'_>> = bodies.iter().map(Source::of).collect();
    for attribute in sources.iter().flat_map(Source::attributes) {
        spelling::check(cx, attribute);
    }
    fields::check(cx, &sources, reaches.links_elsewhere());
    if let Some(known) = Known::of(&sources) {
        names::check(cx, &sources, &known);
    }
    for (source, region) in rendered(&sources, reaches) {
        region::check(cx, source, region);
    }
}

/// What is surely rendered in a region: its own markup, and that of functions beside it that it calls; each once, with the
/// region's name.
fn rendered<'a>(sources: &'a [Source<'a>], reaches: &Reaches) -> Vec<(&'a Source<'a>, &'a str)> {
    let mut found: Vec<(&Source<'_>, &str)> = Vec::new();
    for region in sources.iter().filter(|source| matches!(source.body.kind, Kind::Region)) {
        let region = region.body.name.as_str();
        let functions = reaches.functions(region);
        for source in sources.iter().filter(|source| functions.contains(&source.body.name)) {
            if !found.iter().any(|(other, _)| std::ptr::eq(*other, source)) {
                found.push((source, region));
            }
        }
    }
    found
}
