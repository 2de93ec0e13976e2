//! What a region and a page are rendered from.

use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::live::Args;
use crate::nonce::Nonce;
use crate::store::Db;
use crate::viewer::{Present, Viewer};
use crate::wire::Input;

/// What a region is rendered from.
pub struct Scope<'a> {
    /// One snapshot of the store.
    pub db: &'a Db,
    /// Who has the region open; empty unless the region asks for it.
    pub present: &'a Present,
    viewer: Option<&'a Viewer>,
    args: &'a Args,
}

impl<'a> Scope<'a> {
    /// A scope; `viewer` is there for personal regions only, so that a shared frame cannot hold anything of a viewer's.
    pub fn new(db: &'a Db, viewer: Option<&'a Viewer>, present: &'a Present, args: &'a Args) -> Self {
        Self { db, present, viewer, args }
    }

    /// Who the region is rendered for.
    pub fn viewer(&self) -> Result<&'a Viewer> {
        self.viewer.ok_or_else(|| Error::internal("a shared region asked who is looking at it"))
    }

    /// The region's plain arguments, one after the other.
    pub fn values(&self) -> Result<std::vec::IntoIter<serde_json::Value>> {
        self.args.values()
    }

    /// The region's plain arguments, as a tuple.
    pub fn args<T: DeserializeOwned>(&self) -> Result<T> {
        self.args.read()
    }
}

/// What a page is rendered from: somebody's visit.
pub struct Visit<'a> {
    /// One snapshot of the store, the same for all of the page's regions.
    pub db: &'a Db,
    /// The request: path and query.
    pub input: &'a Input,
    nonce: Option<&'a Nonce>,
}

impl<'a> Visit<'a> {
    /// A visit.
    pub fn new(db: &'a Db, input: &'a Input) -> Self {
        Self { db, input, nonce: None }
    }

    /// With what the page's own scripts carry.
    pub(crate) fn with_nonce(self, nonce: &'a Nonce) -> Self {
        Self { nonce: Some(nonce), ..self }
    }

    /// Runs the page's own function.
    pub(crate) fn paint<T>(&self, page: impl FnOnce() -> T) -> T {
        match self.nonce {
            Some(nonce) => nonce.during(page),
            None => page(),
        }
    }

    /// Who visits.
    pub fn viewer(&self) -> &'a Viewer {
        &self.input.viewer
    }
}
