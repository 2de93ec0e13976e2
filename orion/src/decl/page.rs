//! A page: a whole document with regions in place.

use std::fmt;

use super::reach::reaching;
use super::{Access, Place, Reach, Role};
use crate::app::Document;
use crate::error::Result;
use crate::live::Visit;

/// A document at a path.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Page {
    /// Where it is declared.
    pub at: Place,
    /// The slice that declares it.
    pub slice: &'static str,
    /// Its name in the slice.
    pub name: &'static str,
    /// The path, with parameters as `{name}`.
    pub path: &'static str,
    /// Store → document.
    pub render: fn(&Visit<'_>) -> Result<Document>,
    /// What its body reaches.
    pub reach: Reach,
    /// Who may.
    pub access: Access,
}

impl Page {
    /// A page.
    #[track_caller]
    pub const fn new(
        slice: &'static str,
        name: &'static str,
        path: &'static str,
        render: fn(&Visit<'_>) -> Result<Document>,
    ) -> Self {
        Self { at: Place::here(), slice, name, path, render, reach: Reach::UNKNOWN, access: Access::Unstated }
    }
    reaching!();
    /// Says that everybody may see it.
    #[must_use]
    pub const fn public(self) -> Self {
        Self { access: Access::Public, ..self }
    }
    /// Says that whoever has one of `roles` may see it, and nobody else.
    #[must_use]
    pub const fn allow(self, roles: &'static [Role]) -> Self {
        Self { access: Access::Allow(roles), ..self }
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Page({}::{}: {})", self.slice, self.name, self.path)
    }
}
