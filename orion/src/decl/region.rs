//! A region: a function from the store to markup that stays right while somebody looks at it.

use std::fmt;
use std::time::Duration;

use maud::Markup;

use super::reach::reaching;
use super::{Place, Reach};
use crate::error::Result;
use crate::live::{Args, Scope};
use crate::topic::Topic;

/// The declared topics that a region with these arguments listens to.
pub type On = fn(&Args) -> Result<Vec<Topic>>;

/// A live part of a page. Its element's id is `slice-name`, followed by its arguments.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Region {
    /// Where it is declared.
    pub at: Place,
    /// The slice that declares it.
    pub slice: &'static str,
    /// Its name in the slice.
    pub name: &'static str,
    /// Store → markup.
    pub render: fn(&Scope<'_>) -> Result<Markup>,
    /// Rendered for each viewer (`true`), or once for everyone.
    pub personal: bool,
    /// Whether its markup depends on who is looking at it.
    pub present: bool,
    /// The declared topics that it listens to, besides the tables that it reads.
    pub on: Option<On>,
    /// The names of those topics, as they are written: `Moved`, `boards::slice::Moved`.
    pub hears: &'static [&'static str],
    /// Those topics as they are made of its arguments: `Moved(board)`; only for messages.
    pub hears_as: &'static [&'static str],
    /// What its body reaches.
    pub reach: Reach,
    /// The shortest time between two renders with the same arguments; `None` for the hub's.
    pub every: Option<Duration>,
}

impl Region {
    /// A shared region.
    #[track_caller]
    pub const fn new(
        slice: &'static str,
        name: &'static str,
        render: fn(&Scope<'_>) -> Result<Markup>,
    ) -> Self {
        Self {
            at: Place::here(),
            slice,
            name,
            render,
            personal: false,
            present: false,
            on: None,
            hears: &[],
            hears_as: &[],
            reach: Reach::UNKNOWN,
            every: None,
        }
    }
    reaching!();
    /// Names the declared topics that it listens to.
    #[must_use]
    pub const fn hears(self, hears: &'static [&'static str]) -> Self {
        Self { hears, ..self }
    }
    /// Says how those topics are made of its arguments.
    #[must_use]
    pub const fn hears_as(self, hears_as: &'static [&'static str]) -> Self {
        Self { hears_as, ..self }
    }
    /// Renders it for each viewer: then [`Scope::viewer`] is there.
    #[must_use]
    pub const fn personal(self) -> Self {
        Self { personal: true, ..self }
    }
    /// Renders it again when somebody starts or stops looking: [`Scope::present`] says who does.
    #[must_use]
    pub const fn present(self) -> Self {
        Self { present: true, ..self }
    }
    /// Renders it, with the same arguments, at most once in this time, counted in whole milliseconds: the first change is
    /// shown at once, those that follow within it become one frame. Instead of [`Options::window`](crate::live::Options).
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use orion::decl::Region;
    /// # use orion::maud;
    ///
    /// const CURSORS: Region = Region::new("board", "cursors", |_| Ok(maud::html! {})).every(Duration::from_millis(50));
    /// assert_eq!(CURSORS.every, Some(Duration::from_millis(50)));
    /// ```
    #[must_use]
    pub const fn every(self, window: Duration) -> Self {
        Self { every: Some(window), ..self }
    }
    /// Listens to declared topics too.
    #[must_use]
    pub const fn on(self, on: On) -> Self {
        Self { on: Some(on), ..self }
    }
}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({}::{})", self.slice, self.name)
    }
}
