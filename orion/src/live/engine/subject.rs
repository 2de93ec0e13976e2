//! What a cell shows: a region with its arguments and, if it is personal, the viewer.

use std::cmp::Ordering;

use crate::live::{Args, Embed};
use crate::viewer::Viewer;

/// What a cell shows. Two streams with the same subject share the cell and its frames.
///
/// Which of the two kinds it is comes from the region's declaration alone, and the viewer from the stream that opens it:
/// so nobody reaches a personal cell but the viewer for whom it is rendered.
#[derive(Debug, Clone)]
pub struct Subject {
    embed: Embed,
    viewer: Option<Viewer>,
}

impl Subject {
    /// What `viewer` sees of this region.
    pub fn new(embed: &Embed, viewer: &Viewer) -> Self {
        Self { embed: embed.clone(), viewer: embed.region.personal.then(|| viewer.clone()) }
    }

    /// The first subject of its place, in order: the one without a viewer.
    pub(super) fn shared(embed: &Embed) -> Self {
        Self { embed: embed.clone(), viewer: None }
    }

    /// The region and its arguments.
    pub fn embed(&self) -> &Embed {
        &self.embed
    }

    /// For whom it is rendered; `None` if for everyone.
    pub fn viewer(&self) -> Option<&Viewer> {
        self.viewer.as_ref()
    }

    pub(super) fn same_place(&self, other: &Self) -> bool {
        self.place() == other.place()
    }

    // A region is known by its name: the address of a constant is not one thing.
    fn place(&self) -> (&str, &str, &Args) {
        (self.embed.region.slice, self.embed.region.name, &self.embed.args)
    }
}

impl PartialEq for Subject {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Subject {}

impl PartialOrd for Subject {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Subject {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().cmp(&other.place()).then_with(|| self.viewer.cmp(&other.viewer))
    }
}
