//! A log that is written to, with and without somebody who reads from it.

use std::path::PathBuf;

use super::*;
use crate::store::sqlite::connect;
use crate::store::sqlite::options::Synchronous;

struct Place {
    raw: Connection,
    log: Log,
    file: PathBuf,
    _folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("app.db");
        let raw = connect::writer(&file, Synchronous::Normal).unwrap();
        raw.execute_batch("create table blobs (id integer primary key, bytes blob)").unwrap();
        LENGTH.set(0);
        Self { raw, log: Log::default(), file, _folder: folder }
    }

    fn other(&self) -> Connection {
        connect::writer(&self.file, Synchronous::Normal).unwrap()
    }

    fn state(&self) -> State {
        *self.log.state()
    }

    /// What the mover does when it is asked, on this thread.
    fn mover_moves(&self) {
        let other = self.other();
        let log = &self.log;
        std::thread::scope(|scope| {
            let mover = scope.spawn(move || log.run(&other));
            while self.state() == State::Moving {
                std::thread::yield_now();
            }
            let after = self.state();
            self.log.close();
            mover.join().unwrap();
            *self.log.state() = after;
        });
    }

    /// Commits about so many pages.
    fn write(&self, pages: u32) {
        self.raw.execute("insert or replace into blobs values (1, zeroblob(?))", [pages * 4096]).unwrap();
    }
}

#[test]
fn the_mover_moves_a_long_log_and_the_writer_what_was_added_meanwhile() {
    let place = Place::new();
    let mut tended = Tended::new(&place.raw, &place.log);
    place.write(SOME / 2);
    tended.tend();
    assert_eq!(place.state(), State::Idle);
    place.write(SOME);
    tended.tend();
    assert_eq!(place.state(), State::Moving);

    place.write(10);
    tended.tend();
    place.mover_moves();
    assert!(matches!(place.state(), State::Moved(SOME..)));
    tended.tend();
    assert_eq!(place.state(), State::Idle);
    place.write(10);
    // All was moved, so that this began the log from its start.
    assert!(LENGTH.get() < 50, "{} pages", LENGTH.get());
    tended.tend();
    assert_eq!(place.state(), State::Idle);
}

#[test]
fn while_somebody_reads_from_the_log_it_is_not_looked_after_at_every_commit() {
    let place = Place::new();
    let mut tended = Tended::new(&place.raw, &place.log);
    place.write(10);
    let mut other = place.other();
    let reading = other.transaction().unwrap();
    reading.query_row("select count(*) from blobs", [], |_| Ok(())).unwrap();
    place.write(SOME + 10);
    tended.tend();
    assert_eq!(place.state(), State::Moving);
    // It cannot move what the reader does not see yet.
    place.mover_moves();
    place.write(10);
    tended.tend();
    assert!(matches!(place.state(), State::Moved(..SOME)));

    drop(reading);
    place.write(SOME);
    for _ in 0..2 {
        tended.tend();
        place.mover_moves();
    }
    tended.tend();
    place.write(10);
    assert!(LENGTH.get() < 50, "{} pages", LENGTH.get());
}

#[test]
fn a_log_that_is_too_long_is_moved_by_the_writer_whatever_the_mover_does() {
    let place = Place::new();
    let mut tended = Tended::new(&place.raw, &place.log);
    *place.log.state() = State::Moving;
    place.write(SOME);
    tended.tend();
    place.write(MOST);
    tended.tend();
    place.write(10);
    assert!(LENGTH.get() < 50, "{} pages", LENGTH.get());
}
