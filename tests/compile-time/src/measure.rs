//! One measured `cargo check`.

use std::error::Error;
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

use crate::package::Package;

/// What was done to the application since it was checked last.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Work {
    /// Nothing of it was kept.
    Clean,
    /// A text in the body of a region was changed.
    Body,
    /// The SQL of a query was changed.
    Query,
    /// A line was added above everything else of a slice.
    Line,
    /// A query reads another table than before: what is proven of the application is proven of something else.
    Table,
}

impl Work {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Clean => "clean (without dependencies)",
            Self::Body => "a region's body touched",
            Self::Query => "a query touched",
            Self::Line => "a line added",
            Self::Table => "a query of another table",
        }
    }
}

/// Seconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) cpu: f64,
    pub(crate) wall: f64,
}

impl Cost {
    /// The median of each; of no measurement, nothing.
    pub(crate) fn median(costs: Vec<Self>) -> Self {
        let middle = |mut seconds: Vec<f64>| {
            seconds.sort_by(f64::total_cmp);
            seconds.get(seconds.len() / 2).copied().unwrap_or(f64::NAN)
        };
        let (cpu, wall) = costs.into_iter().map(|cost| (cost.cpu, cost.wall)).unzip();
        Self { cpu: middle(cpu), wall: middle(wall) }
    }
}

/// Does the work, `turn` for the first, second, … time, and checks the package.
pub(crate) fn one(package: &Package, work: Work, turn: usize) -> Result<Cost, Box<dyn Error>> {
    match work {
        Work::Clean => package.clean()?,
        Work::Body => package.edit("The list ", turn)?,
        Work::Query => package.edit("order by id limit ", turn)?,
        Work::Line => package.move_lines()?,
        Work::Table => {
            let texts = ["from items7 where not done", "from notes7 where not text"];
            package.replace(texts[turn % 2], texts[1 - turn % 2])?;
        }
    }
    of(|| package.check())
}

/// What it costs, if that is done by children.
pub(crate) fn of(work: impl FnOnce() -> Result<(), Box<dyn Error>>) -> Result<Cost, Box<dyn Error>> {
    let (before, start) = (children()?, Instant::now());
    work()?;
    Ok(Cost { cpu: children()? - before, wall: start.elapsed().as_secs_f64() })
}

/// The CPU seconds of all children that have ended.
fn children() -> Result<f64, Box<dyn Error>> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let mut sum = Duration::ZERO;
    for time in [usage.user_time(), usage.system_time()] {
        sum += Duration::from_secs(time.tv_sec().try_into()?)
            + Duration::from_micros(time.tv_usec().try_into()?);
    }
    Ok(sum.as_secs_f64())
}
