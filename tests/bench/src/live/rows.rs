//! The rows of the live engine.

use super::load::Loaded;
use super::server::{Server, What};
use super::watch::Watched;
use crate::Outcome;
use crate::child::{self, Who};
use crate::clock::{median, percentile};
use crate::disk::Disk;
use crate::size::Size;
use crate::table::{Row, Table};

/// Hand-written compression takes a megabyte and more a stream: it is measured on so much fewer streams, and scaled.
const FEWER: usize = 5;

/// By hand a publish to thousands takes so long that fewer of them are measured; each counts for itself.
const FEWER_PUBLISHES: usize = 4;

const IDLE: &str = "an idle stream";

/// Measures every row of the live engine.
pub(crate) fn measure(size: &Size, disk: &Disk, table: &mut Table) -> Outcome<()> {
    for coding in ["identity", "gzip", "br"] {
        watched(coding, size, disk, table)?;
    }
    crowded(size, disk, table)
}

/// What was seen of one side, one entry a repetition.
#[derive(Default)]
struct Side {
    cpu: Vec<f64>,
    late: Vec<f64>,
    memory: Vec<f64>,
    bytes: Vec<f64>,
}

impl Side {
    fn add(&mut self, seen: Watched, scale: f64) -> Outcome<()> {
        if seen.wrong > 0 {
            return Err(
                format!("{} streams ended with something else than their page shows", seen.wrong).into()
            );
        }
        self.cpu.push(median(seen.cpu) * scale);
        self.late.extend(seen.late.iter().map(|late| late * scale));
        self.memory.push(seen.memory / 1024.0);
        self.bytes.push(seen.bytes);
        Ok(())
    }
}

fn watched(coding: &str, size: &Size, disk: &Disk, table: &mut Table) -> Outcome<()> {
    let (mut hand, mut orion, mut floor) = (Side::default(), Side::default(), Side::default());
    for _ in 0..size.live_repetitions {
        let fewer = if coding == "identity" { 1 } else { FEWER };
        #[allow(clippy::cast_precision_loss)]
        hand.add(watch(Who::Hand, coding, size.streams / fewer, 0, size, disk)?, fewer as f64)?;
        orion.add(watch(Who::Orion, coding, size.streams, 0, size, disk)?, 1.0)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let frame = median(orion.bytes.clone()) as usize;
        floor.add(watch(Who::Floor, coding, size.streams, frame, size, disk)?, 1.0)?;
    }
    let streams = size.streams;
    let sides = [&hand, &orion, &floor];
    let middle = |of: fn(&Side) -> &Vec<f64>| sides.map(|side| median(of(side).clone()));
    let br = |goal| if coding == "br" { goal } else { "" };
    let latest = sides.map(|side| percentile(side.late.clone(), 99));
    let rows = [
        ("a publish", "CPU ms", cpu_goal(coding), middle(|side| &side.cpu)),
        ("to the last of them, p99", "wall ms", "≤ 1.2× of floor", latest),
        ("a publish on a stream", "bytes", br("≤ 65"), middle(|side| &side.bytes)),
        (IDLE, "kB", br("≤ 12"), middle(|side| &side.memory)),
    ];
    for (work, unit, goal, [hand, orion, floor]) in rows {
        table.add(Row {
            group: "live",
            work: format!("{coding}, {streams} streams: {work}"),
            goal,
            unit,
            hand: Some(hand),
            orion: Some(orion),
            floor: Some(floor),
            // An idle socket of the floor holds next to nothing.
            ratios: [(orion / hand, "of hand"), (orion / floor, "of floor")]
                .into_iter()
                .filter(|(_, of)| work != IDLE || *of != "of floor")
                .collect(),
            ..Row::default()
        });
    }
    Ok(())
}

fn cpu_goal(coding: &str) -> &'static str {
    match coding {
        "identity" => "≤ 0.2× of hand, ≤ 1.2× of floor",
        "br" => "≤ 1/15 of hand, ≤ 1.2× of floor",
        _ => "≤ 1.2× of floor",
    }
}

fn watch(who: Who, coding: &str, streams: usize, frame: usize, size: &Size, disk: &Disk) -> Outcome<Watched> {
    let server = Server::start(who, What::Todos, 100, frame, disk)?;
    let publishes = size.publishes.div_ceil(if who == Who::Hand { FEWER_PUBLISHES } else { 1 });
    let mut arguments = vec![
        "watch".to_owned(),
        server.address.to_string(),
        server.id().to_string(),
        format!("--coding={coding}"),
        format!("--streams={streams}"),
        format!("--publishes={publishes}"),
        "--command=/todos/{}/toggle".to_owned(),
        "--numbers=100".to_owned(),
    ];
    if who != Who::Floor {
        arguments.push("--page=/".to_owned());
    }
    child::result(&arguments)
}

/// Commands over HTTP, with and without a crowd that watches what they change.
fn crowded(size: &Size, disk: &Disk, table: &mut Table) -> Outcome<()> {
    let mut sides = [Who::Hand, Who::Orion].map(|who| (who, Vec::new(), Vec::new()));
    for _ in 0..size.live_repetitions {
        for (who, alone, crowded) in &mut sides {
            alone.push(load(*who, 0, size, disk)?);
            crowded.push(load(*who, size.crowd, size, disk)?);
        }
    }
    let ratio = |of: fn(&Loaded) -> f64, (_, alone, crowded): &(Who, Vec<Loaded>, Vec<Loaded>)| {
        let middle = |loads: &[Loaded]| median(loads.iter().map(of).collect());
        (middle(alone), middle(crowded))
    };
    let [hand, orion] = sides.each_ref().map(|side| ratio(|load| 1e6 / load.cpu, side));
    let [hand_rate, orion_rate] = sides.each_ref().map(|side| ratio(|load| load.rate, side));
    table.add(Row {
        group: "live",
        work: format!("commands with {} streams, against none", size.crowd),
        goal: "≥ 0.7",
        unit: "ratio by CPU",
        hand: Some(hand.1 / hand.0),
        orion: Some(orion.1 / orion.0),
        ratios: vec![(orion.1 / hand.1, "of hand's commands")],
        notes: vec![
            ("commands a CPU second by hand, none".into(), hand.0),
            ("commands a CPU second by hand, watched".into(), hand.1),
            ("commands a CPU second of orion, none".into(), orion.0),
            ("commands a CPU second of orion, watched".into(), orion.1),
            ("commands/s by hand, none (wall)".into(), hand_rate.0),
            ("commands/s by hand, watched (wall)".into(), hand_rate.1),
            ("commands/s of orion, none (wall)".into(), orion_rate.0),
            ("commands/s of orion, watched (wall)".into(), orion_rate.1),
        ],
        ..Row::default()
    });
    Ok(())
}

fn load(who: Who, streams: usize, size: &Size, disk: &Disk) -> Outcome<Loaded> {
    let server = Server::start(who, What::Todos, 100, 0, disk)?;
    let loaded: Loaded = child::result(&[
        "load".to_owned(),
        server.address.to_string(),
        server.id().to_string(),
        format!("--streams={streams}"),
        format!("--callers={}", size.http_callers),
        format!("--seconds={}", size.seconds),
    ])?;
    if loaded.wrong > 0 {
        return Err(
            format!("{} streams ended with something else than their page shows", loaded.wrong).into()
        );
    }
    Ok(loaded)
}
