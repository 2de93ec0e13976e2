//! Reads: a row, a hundred rows, and these rendered, each in one snapshot; beside bare rusqlite and maud.

mod bare;
mod ours;
mod times;

pub(crate) use times::{Times, run};

use std::path::Path;

use times::{Timed, Work};

use crate::Outcome;
use crate::child::{self, Who};
use crate::clock::median;
use crate::disk::Disk;
use crate::size::Size;
use crate::table::{Row, Table};

/// Measures every row of the reads.
pub(crate) fn measure(size: &Size, disk: &Disk, table: &mut Table) -> Outcome<()> {
    let file = disk.rows(size.rows)?;
    for (work, name) in
        [(Work::Point, "a row by its key"), (Work::Hundred, "100 rows"), (Work::Render, "100 rows, rendered")]
    {
        let (mut bare, mut orion) = (Vec::new(), Vec::new());
        for _ in 0..size.repetitions {
            bare.push(time(Who::Hand, work, &file, size)?);
            orion.push(time(Who::Orion, work, &file, size)?);
        }
        let (bare, orion) = (median(bare), median(orion));
        table.add(Row {
            group: "reads",
            work: name.to_owned(),
            goal: "≤ 1.1× of bare rusqlite and maud",
            unit: "CPU µs",
            hand: Some(bare),
            orion: Some(orion),
            ratios: vec![(orion / bare, "of hand")],
            ..Row::default()
        });
    }
    Ok(())
}

fn time(who: Who, work: Work, file: &Path, size: &Size) -> Outcome<f64> {
    let timed: Timed = child::result(&[
        "reads".into(),
        who.name().into(),
        file.display().to_string(),
        format!("--work={}", work.name()),
        format!("--seconds={}", size.seconds / 2.0),
    ])?;
    Ok(timed.micros)
}
