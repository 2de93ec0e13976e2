//! Durable commands a second: callers that each wait for their command before they send the next.

mod calls;
mod floor;
mod hand;
mod ours;

pub(crate) use calls::{Calls, run};

use std::path::Path;

use calls::{Called, Work};

use crate::Outcome;
use crate::child::{self, Who};
use crate::clock::median;
use crate::disk::Disk;
use crate::size::Size;
use crate::table::{Row, Table};

/// A number of callers at a setting.
struct Setting {
    work: Work,
    sync: &'static str,
    callers: usize,
    name: String,
    goal: &'static str,
}

/// Measures every row of the store.
pub(crate) fn measure(size: &Size, disk: &Disk, table: &mut Table) -> Outcome<()> {
    let file = disk.rows(size.rows)?;
    let (durable, normal) = size.callers;
    let millions = millions(size.rows);
    let setting = |work, sync, callers, name: String, goal| Setting { work, sync, callers, name, goal };
    for setting in [
        setting(
            Work::Insert,
            "full",
            durable,
            format!("FULL, {durable} callers, {millions}"),
            "≥ 100,000 and ≥ 100× of hand",
        ),
        setting(
            Work::Insert,
            "normal",
            normal,
            format!("NORMAL, {normal} callers, {millions}"),
            "≥ 8× of hand",
        ),
        setting(Work::Insert, "full", 1, "FULL, one caller alone".into(), "≥ 0.9× of hand"),
        setting(Work::Insert, "normal", 1, "NORMAL, one caller alone".into(), "≥ 0.9× of hand"),
        setting(Work::Flip, "full", durable, format!("FULL, {durable} callers, rows at random"), ""),
    ] {
        let mut sides = [const { Vec::new() }; 3];
        for _ in 0..size.repetitions {
            for (side, who) in sides.iter_mut().zip([Who::Hand, Who::Orion, Who::Floor]) {
                side.push(call(who, &setting, &file, size)?);
            }
        }
        table.add(row(&setting, &sides));
    }
    if let Some((small, large)) = size.huge {
        table.add(huge(size, disk, small, large)?);
    }
    Ok(())
}

fn call(who: Who, setting: &Setting, file: &Path, size: &Size) -> Outcome<Called> {
    let Setting { work, sync, callers, .. } = setting;
    child::result(&[
        "store".into(),
        who.name().into(),
        file.display().to_string(),
        format!("--work={}", work.name()),
        format!("--sync={sync}"),
        format!("--callers={callers}"),
        format!("--seconds={}", size.seconds),
    ])
}

fn row(setting: &Setting, sides: &[Vec<Called>; 3]) -> Row {
    let [hand, orion, floor] = sides;
    let [hands, orions, floors] = sides.each_ref().map(|side| rate(side));
    Row {
        group: "store",
        work: setting.name.clone(),
        goal: setting.goal,
        unit: "commands/s",
        hand: Some(hands),
        orion: Some(orions),
        floor: Some(floors),
        ratios: vec![(orions / hands, "of hand"), (orions / floors, "of floor")],
        notes: vec![
            ("CPU µs a command, by hand".into(), cost(hand)),
            ("CPU µs a command, orion".into(), cost(orion)),
            ("CPU µs a command, floor".into(), cost(floor)),
            ("slowest command by hand, ms".into(), slowest(hand)),
            ("slowest command of orion, ms".into(), slowest(orion)),
        ],
    }
}

/// The same commands on a small table and on a large one.
fn huge(size: &Size, disk: &Disk, small: u64, large: u64) -> Outcome<Row> {
    let files = [disk.rows(small)?, disk.rows(large)?];
    let name = format!("{} against {}", millions(large), millions(small));
    let goal = "≤ 1.5× slower";
    let setting = Setting { work: Work::Insert, sync: "full", callers: size.callers.0, name, goal };
    let mut called = [Vec::new(), Vec::new()];
    for _ in 0..size.repetitions {
        for (called, file) in called.iter_mut().zip(&files) {
            called.push(call(Who::Orion, &setting, file, size)?);
        }
    }
    let [small, large] = called.each_ref().map(|called| rate(called));
    Ok(Row {
        group: "store",
        work: setting.name,
        goal,
        unit: "commands/s",
        orion: Some(large),
        ratios: vec![(small / large, "slower")],
        notes: vec![("on the small table".into(), small)],
        ..Row::default()
    })
}

fn rate(called: &[Called]) -> f64 {
    median(called.iter().map(|called| called.commands / called.seconds).collect())
}

fn cost(called: &[Called]) -> f64 {
    median(called.iter().map(|called| called.cpu * 1e6 / called.commands).collect())
}

fn slowest(called: &[Called]) -> f64 {
    median(called.iter().map(|called| called.slowest).collect())
}

fn millions(rows: u64) -> String {
    if rows >= 1_000_000 { format!("{} M rows", rows / 1_000_000) } else { format!("{rows} rows") }
}
