//! How much is measured.

/// The sizes of every measurement.
#[derive(Debug, Clone)]
pub(crate) struct Size {
    /// How often each side of a row is measured.
    pub(crate) repetitions: usize,
    /// How long callers call in one measurement.
    pub(crate) seconds: f64,
    /// The rows that the table has when commands are measured.
    pub(crate) rows: u64,
    /// A small table and a large one, whose speeds are compared.
    pub(crate) huge: Option<(u64, u64)>,
    /// How many callers write durably, and how many at `synchronous=NORMAL`.
    pub(crate) callers: (usize, usize),
}

impl Size {
    /// What the goals speak of.
    pub(crate) const WHOLE: Self = Self {
        repetitions: 5,
        seconds: 3.0,
        rows: 10_000_000,
        huge: Some((1_000_000, 100_000_000)),
        callers: (1024, 256),
    };
    /// Under two minutes.
    pub(crate) const QUICK: Self =
        Self { repetitions: 3, seconds: 1.0, rows: 1_000_000, huge: None, ..Self::WHOLE };
    /// A few seconds in a debug build.
    pub(crate) const SMOKE: Self =
        Self { repetitions: 1, seconds: 0.05, rows: 1_000, huge: None, callers: (32, 8) };
}
