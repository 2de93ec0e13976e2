//! What SQLite itself can do: one thread that runs the same statements, as many in a transaction as there are callers, each in a
//! savepoint. Nobody asks for them and nobody waits for them.

use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::calls::{Called, Calls, Command};
use super::hand;
use crate::{Outcome, clock};

pub(super) fn count(calls: &Calls, rows: u64) -> Outcome<Called> {
    let db = hand::connect(&calls.file, &calls.sync)?;
    let mut numbers = 1..;
    let (warm, whole) =
        (Duration::from_secs_f64(calls.seconds / 5.0), Duration::from_secs_f64(calls.seconds));
    let start = Instant::now();
    while start.elapsed() < warm {
        group(&db, calls, rows, &mut numbers)?;
    }
    let (from, cpu, start) = (numbers.start, clock::cpu(None)?, Instant::now());
    let mut slowest = Duration::ZERO;
    while start.elapsed() < whole {
        let began = Instant::now();
        group(&db, calls, rows, &mut numbers)?;
        slowest = slowest.max(began.elapsed());
    }
    #[allow(clippy::cast_precision_loss)] // Far below 2^53.
    let commands = (numbers.start - from) as f64;
    let (seconds, cpu) = (start.elapsed().as_secs_f64(), clock::cpu(None)? - cpu);
    Ok(Called { commands, seconds, cpu, slowest: slowest.as_secs_f64() * 1000.0 })
}

fn group(db: &Connection, calls: &Calls, rows: u64, numbers: &mut std::ops::RangeFrom<u64>) -> Outcome<()> {
    db.prepare_cached("begin immediate")?.execute([])?;
    for number in numbers.take(calls.callers) {
        db.prepare_cached("savepoint one")?.execute([])?;
        hand::work(db, Command { work: calls.work, number, rows })?;
        db.prepare_cached("release one")?.execute([])?;
    }
    db.prepare_cached("commit")?.execute([])?;
    Ok(())
}
