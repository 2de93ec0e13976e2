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
    /// How often each side of a row of the live engine is measured.
    pub(crate) live_repetitions: usize,
    /// The streams that watch a publish.
    pub(crate) streams: usize,
    /// How many publishes they watch.
    pub(crate) publishes: usize,
    /// The streams that watch while commands are counted, and the callers that send these over HTTP.
    pub(crate) crowd: usize,
    pub(crate) http_callers: usize,
    /// The boards that are looked at.
    pub(crate) boards: usize,
}

impl Size {
    /// What the goals speak of.
    pub(crate) const WHOLE: Self = Self {
        repetitions: 5,
        seconds: 3.0,
        rows: 10_000_000,
        huge: Some((1_000_000, 100_000_000)),
        callers: (1024, 256),
        live_repetitions: 3,
        streams: 5_000,
        publishes: 40,
        crowd: 1_000,
        http_callers: 64,
        boards: 10_000,
    };
    /// Under two minutes.
    pub(crate) const QUICK: Self = Self {
        repetitions: 3,
        seconds: 0.5,
        rows: 1_000_000,
        huge: None,
        live_repetitions: 1,
        streams: 1_000,
        publishes: 15,
        crowd: 200,
        boards: 500,
        ..Self::WHOLE
    };
    /// A few seconds in a debug build.
    pub(crate) const SMOKE: Self = Self {
        repetitions: 1,
        seconds: 0.05,
        rows: 1_000,
        huge: None,
        callers: (32, 8),
        live_repetitions: 1,
        streams: 20,
        publishes: 2,
        crowd: 5,
        http_callers: 4,
        boards: 20,
    };
}
