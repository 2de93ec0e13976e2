//! Who is looking: a stable anonymous identity, and the set of those who look at one thing right now.

use std::fmt;
use std::sync::Arc;

/// Somebody with a browser: a stable, anonymous identity from a signed cookie. Accounts build on it.
///
/// A region that takes `&Viewer` is personal: rendered for each viewer, sent to that viewer only.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Viewer(Arc<str>);

impl Viewer {
    /// The viewer with this id; the id is opaque text from [`Viewer::id`].
    pub fn with_id(id: &str) -> Self {
        Self(id.into())
    }

    /// The identity: 22 characters from `A-Z a-z 0-9 - _`, for a column of the application's own.
    pub fn id(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Viewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Viewer({})", self.0)
    }
}

/// The viewers who have this very region open right now, each once, in the order of their ids.
///
/// A region that takes `&Present` is rendered again when somebody comes or goes.
#[derive(Debug, Clone, Default)]
pub struct Present(pub(crate) Vec<Viewer>);

impl Present {
    /// Each viewer once.
    pub fn iter(&self) -> impl Iterator<Item = &Viewer> {
        self.0.iter()
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
    /// Whether nobody looks: so it is while a page is painted for its first visitor.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Whether the viewer with this id looks.
    pub fn contains(&self, id: &str) -> bool {
        self.0.iter().any(|viewer| viewer.id() == id)
    }
}
