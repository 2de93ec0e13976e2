//! How fine changes are: a write to one board while ten thousand are looked at, against a write while ten are.

use crate::Outcome;
use crate::child::{self, Who};
use crate::clock::median;
use crate::disk::Disk;
use crate::live::Watched;
use crate::live::server::{Server, What};
use crate::size::Size;
use crate::table::{Row, Table};

/// How many boards are looked at where it is few; the others are there and nobody looks.
const FEW: usize = 10;

/// Measures the one row.
pub(crate) fn measure(size: &Size, disk: &Disk, table: &mut Table) -> Outcome<()> {
    let (mut few, mut many) = (Vec::new(), Vec::new());
    for _ in 0..size.live_repetitions {
        few.push(watch(FEW.min(size.boards), size, disk)?);
        many.push(watch(size.boards, size, disk)?);
    }
    let (few, many) = (median(few), median(many));
    table.add(Row {
        group: "grain",
        work: format!("a write to 1 of {} boards that are looked at", size.boards),
        goal: "as many looked at as few: ≤ 1.2×",
        unit: "CPU ms",
        orion: Some(many),
        ratios: vec![(many / few, "of few")],
        notes: vec![(format!("{FEW} boards looked at"), few)],
        ..Row::default()
    });
    Ok(())
}

fn watch(boards: usize, size: &Size, disk: &Disk) -> Outcome<f64> {
    let server = Server::start(Who::Orion, What::Boards, size.boards as u64, 0, disk)?;
    let watched: Watched = child::result(&[
        "watch".to_owned(),
        server.address.to_string(),
        server.id().to_string(),
        "--coding=identity".to_owned(),
        format!("--streams={boards}"),
        format!("--publishes={}", size.publishes),
        "--page=/boards/{}".to_owned(),
        "--command=/boards/{}/toggle".to_owned(),
        format!("--numbers={}", FEW.min(size.boards)),
        "--one".to_owned(),
    ])?;
    if watched.wrong > 0 {
        return Err(format!("{} boards show something else than their page", watched.wrong).into());
    }
    Ok(median(watched.cpu))
}
