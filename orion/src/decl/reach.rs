//! What a body reaches: read off its tokens, so a help for proofs and pictures, never what the engine relies on.

/// The names in the body of a command, region or page, and of the plain functions of its slice that it calls.
///
/// `#[slice]` reads them off the tokens: `latest` for what its own slice declares, a path as it is written,
/// `boards::slice::latest`, for what another one may. Which declaration a name means is found when all slices are known.
/// What a region is subscribed to does not come from here but from what it read when it was rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Reach {
    /// The queries that may run.
    pub calls: &'static [&'static str],
    /// The declared topics that are published.
    pub publishes: &'static [&'static str],
    /// The regions that the markup embeds: the path before `::region`.
    pub shows: &'static [&'static str],
    /// The commands that the markup offers: the path before `::action` or `::path`.
    pub offers: &'static [&'static str],
    /// Whether the store is passed on to something that cannot be seen from the slice: then more than this is reached.
    pub open: bool,
}

impl Reach {
    /// A body that nobody has read: written by hand, it may reach anything.
    pub const UNKNOWN: Self = Self::new().open();

    /// A body that reaches nothing.
    pub const fn new() -> Self {
        Self { calls: &[], publishes: &[], shows: &[], offers: &[], open: false }
    }
    /// Sets the queries.
    #[must_use]
    pub const fn calls(self, calls: &'static [&'static str]) -> Self {
        Self { calls, ..self }
    }
    /// Sets the topics.
    #[must_use]
    pub const fn publishes(self, publishes: &'static [&'static str]) -> Self {
        Self { publishes, ..self }
    }
    /// Sets the regions.
    #[must_use]
    pub const fn shows(self, shows: &'static [&'static str]) -> Self {
        Self { shows, ..self }
    }
    /// Sets the commands.
    #[must_use]
    pub const fn offers(self, offers: &'static [&'static str]) -> Self {
        Self { offers, ..self }
    }
    /// Says that there is more.
    #[must_use]
    pub const fn open(self) -> Self {
        Self { open: true, ..self }
    }
}

/// What a declaration says of its body: methods of its own, because they are most of what `#[slice]` writes.
macro_rules! reaching {
    () => {
        /// Says which queries its body may run, and with that that its body is known: what is not said as well it does not reach.
        #[must_use]
        pub const fn calls(self, calls: &'static [&'static str]) -> Self {
            Self { reach: Reach::new().calls(calls), ..self }
        }
        /// Says which declared topics its body publishes; after [`calls`](Self::calls).
        #[must_use]
        pub const fn publishes(self, publishes: &'static [&'static str]) -> Self {
            Self { reach: self.reach.publishes(publishes), ..self }
        }
        /// Says which regions its markup embeds: the path before `::region`; after [`calls`](Self::calls).
        #[must_use]
        pub const fn shows(self, shows: &'static [&'static str]) -> Self {
            Self { reach: self.reach.shows(shows), ..self }
        }
        /// Says which commands its markup offers: the path before `::action` or `::path`; after [`calls`](Self::calls).
        #[must_use]
        pub const fn offers(self, offers: &'static [&'static str]) -> Self {
            Self { reach: self.reach.offers(offers), ..self }
        }
        /// Says that its body reaches more than can be seen; after [`calls`](Self::calls).
        #[must_use]
        pub const fn open(self) -> Self {
            Self { reach: self.reach.open(), ..self }
        }
        /// Says what its body reaches.
        #[must_use]
        pub const fn reach(self, reach: Reach) -> Self {
            Self { reach, ..self }
        }
    };
}
pub(super) use reaching;
