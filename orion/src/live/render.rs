//! Renders a region with all that it embeds into one element. Knows neither cells nor streams.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::{Error, Result};
use crate::live::element::{element, element_id};
use crate::live::{Embed, Oracle, Scope, slots};
use crate::store::{Db, panicked};
use crate::topic::Topics;
use crate::viewer::{Present, Viewer};

/// How deep regions may stand in one another: more is a region that embeds itself.
const DEEPEST: usize = 16;

/// The longest element of a region in bytes. Each frame is kept, compared and compressed: a longer one is a mistake, a list
/// without a limit say, that would take the process with it.
const LONGEST: usize = 8 << 20;

/// What a region and all that it embeds is rendered from.
pub(super) struct Renderer<'a> {
    pub(super) db: &'a Db,
    /// For personal regions.
    pub(super) viewer: Option<&'a Viewer>,
    pub(super) present: &'a Present,
    /// In development: looks at what came out.
    pub(super) oracle: Option<&'a Oracle>,
}

/// How far a render came.
pub(super) struct Rendered {
    /// The element, or why there is none.
    pub(super) html: Result<String>,
    /// The tables that were read until then, and the topics that the regions declare.
    pub(super) reads: Topics,
    /// The ids of the element and of the elements of regions in it.
    pub(super) ids: BTreeSet<String>,
}

impl Renderer<'_> {
    /// Renders `embed`. A panic in it is an error.
    pub(super) fn render(&self, embed: &Embed) -> Rendered {
        // What was read before, by the page, is not this region's.
        self.db.take_reads();
        let mut rendered = Rendered { html: Ok(String::new()), reads: Topics::new(), ids: BTreeSet::new() };
        rendered.html = self.region(embed, &[], &mut rendered).and_then(|html| bounded(embed, html));
        rendered.reads.append(&mut self.db.take_reads());
        if let (Some(oracle), Ok(html)) = (self.oracle, &rendered.html) {
            oracle.look(embed, self.viewer, html);
        }
        rendered
    }

    /// Renders `embed`, which stands in `outer`, outermost first.
    fn region(&self, embed: &Embed, outer: &[&Embed], rendered: &mut Rendered) -> Result<String> {
        let region = embed.region;
        may_stand(embed, outer)?;
        let doing = || format!("rendering {embed}");
        if let Some(on) = region.on {
            let topics = caught(|| on(&embed.args)).map_err(|error| error.while_doing(doing()))?;
            rendered.reads.extend(topics);
        }
        let id = element_id(embed);
        if !rendered.ids.insert(id.clone()) {
            return Err(twice(embed));
        }
        let scope = Scope::new(self.db, self.viewer.filter(|_| region.personal), self.present, &embed.args);
        let (markup, slots) = slots::collect(|| caught(|| (region.render)(&scope)));
        let markup = markup.map_err(|error| error.while_doing(doing()))?;
        let path: Vec<&Embed> = outer.iter().copied().chain([embed]).collect();
        let html = slots.splice(markup.into_string(), |inner| self.region(inner, &path, rendered))?;
        Ok(element(&id, &html))
    }
}

/// Refuses an element that is too long to be sent; the last good frame stays.
fn bounded(embed: &Embed, html: String) -> Result<String> {
    if html.len() <= LONGEST {
        return Ok(html);
    }
    Err(Error::internal(format!(
        "{embed} is {} bytes long, and a frame may have {LONGEST}: let its query have a limit",
        html.len()
    )))
}

/// Runs a feature's code; a panic in it is an error.
fn caught<T>(f: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(f)).unwrap_or_else(|panic| Err(panicked(&*panic)))
}

/// Whether a region may stand in those around it: it becomes part of the outermost one's frame, and is rendered when and
/// for whom that is.
fn may_stand(embed: &Embed, outer: &[&Embed]) -> Result<()> {
    let Some(outermost) = outer.first() else { return Ok(()) };
    if outer.len() >= DEEPEST {
        return Err(Error::internal(format!(
            "{embed} stands in {DEEPEST} regions: a region must not embed itself"
        )));
    }
    if embed.region.personal && !outermost.region.personal {
        return Err(Error::internal(format!(
            "{embed} is personal and stands in {outermost}, which is rendered once for everyone: \
             let both take `&Viewer`, or put the personal one into the page"
        )));
    }
    if embed.region.present && !outermost.region.present {
        return Err(Error::internal(format!(
            "{embed} shows who is present and stands in {outermost}, which is not rendered when somebody comes or goes: \
             let both take `&Present`, or put the inner one into the page"
        )));
    }
    Ok(())
}

/// The same region with the same arguments twice on one page.
pub(super) fn twice(embed: &Embed) -> Error {
    Error::internal(format!(
        "{embed} is shown twice: its element's id must be there once, so give one of them other arguments"
    ))
}

#[cfg(test)]
mod tests;
