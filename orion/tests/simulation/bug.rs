//! Bugs that are planted in what stands around the loop, to see that the simulation finds them.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bug {
    /// The bus loses one of the process's first announcements and does not say so.
    LostTopics,
    /// Of a tab's first wake-ups one does not reach it.
    LostWake,
    /// The store announces what a write changes when it is given the write, not once that is committed.
    EarlyPublish,
    /// A render is made of a snapshot that was taken for the one before it.
    StaleRender,
}

impl Bug {
    pub(crate) const ALL: [Self; 4] =
        [Self::LostTopics, Self::LostWake, Self::EarlyPublish, Self::StaleRender];
}
