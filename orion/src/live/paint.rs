//! First paint: a page with each of its regions in place, all from one snapshot of the store.

use std::collections::BTreeSet;

use maud::{Markup, PreEscaped, html};

use crate::app::Document;
use crate::decl::Page;
use crate::error::{Error, Result};
use crate::live::element::{element, element_id};
use crate::live::render::{Renderer, twice};
use crate::live::{Embed, Oracle, Visit, slots};
use crate::viewer::Present;

/// The most regions that a page may show, those within regions not counted.
pub const MOST_REGIONS: usize = 256;

/// What a paint needs to know besides the visit.
pub struct Easel<'a> {
    /// Who looks at a region already.
    pub present: &'a dyn Fn(&Embed) -> Present,
    /// Whether a region that fails shows why.
    pub development: bool,
    /// In development: looks at what the regions' markup became.
    pub oracle: Option<&'a Oracle>,
}

/// A painted page.
#[derive(Debug)]
pub struct Painted {
    /// What the page returned, with its regions rendered in place.
    pub document: Document,
    /// The page's regions in their order: what its stream will carry.
    pub regions: Vec<Embed>,
}

/// Paints a page.
///
/// A region that fails is an empty element, and the failure is logged; in development the element says what is wrong. The
/// stream fills it as soon as it can be rendered.
///
/// # Errors
/// If the page itself fails, shows a region twice, or shows more than [`MOST_REGIONS`].
///
/// # Panics
/// If the page panics: [`store::read`](crate::store::read) makes an error of it. A region that panics has failed.
pub fn paint(page: &Page, visit: &Visit<'_>, easel: &Easel<'_>) -> Result<Painted> {
    let (document, slots) = slots::collect(|| visit.paint(|| (page.render)(visit)));
    let document = document?;
    if let Some(embed) = slots.first_in(&document.head.0) {
        return Err(Error::internal(format!(
            "{embed} stands in the page's head: regions belong into its body"
        )));
    }
    let mut regions = Vec::new();
    let mut ids = BTreeSet::new();
    let body = slots.splice(document.body.into_string(), |embed| {
        let html = region(embed, visit, easel, &mut ids)?;
        regions.push(embed.clone());
        Ok(html)
    })?;
    if regions.len() > MOST_REGIONS {
        return Err(Error::internal(format!(
            "page `{}::{}` shows {} regions: it must be at most {MOST_REGIONS}; let one region show many things",
            page.slice,
            page.name,
            regions.len()
        )));
    }
    Ok(Painted { document: Document { body: PreEscaped(body), ..document }, regions })
}

fn region(embed: &Embed, visit: &Visit<'_>, easel: &Easel<'_>, ids: &mut BTreeSet<String>) -> Result<String> {
    let id = element_id(embed);
    if ids.contains(&id) {
        return Err(twice(embed));
    }
    let present = if embed.region.present { (easel.present)(embed) } else { Present::default() };
    let (viewer, oracle) = (Some(visit.viewer()), easel.oracle);
    let rendered = Renderer { db: visit.db, viewer, present: &present, oracle }.render(embed);
    match rendered.html {
        Ok(html) => {
            if rendered.ids.iter().any(|inner| ids.contains(inner)) {
                return Err(Error::internal(format!(
                    "{embed} holds a region that the page shows already: its element's id must be there once"
                )));
            }
            ids.extend(rendered.ids);
            Ok(html)
        }
        Err(error) => {
            let problem = error.chain();
            tracing::error!(region = %embed, viewer = ?visit.viewer(), %problem, "a region failed at first paint");
            let shown = if easel.development {
                failure(embed, &problem)
            } else {
                html! {}
            };
            ids.insert(id.clone());
            Ok(element(&id, &shown.0))
        }
    }
}

/// What is wrong with a region, for the person who develops it.
pub(super) fn failure(embed: &Embed, problem: &str) -> Markup {
    html! {
        section role="alert" data-orion-problem {
            strong { (embed.to_string()) }
            pre { (problem) }
        }
    }
}

#[cfg(test)]
mod tests;
