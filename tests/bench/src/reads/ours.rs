//! The queries of a slice, on one of the store's readers.

use std::hint::black_box;
use std::path::Path;
use std::sync::mpsc::channel;

use orion::Db;
use orion::store::Store as _;
use orion::store::sqlite::{Options, Sqlite};

use super::times::{Work, key, repeat};
use crate::{Outcome, todos};

pub(super) fn run(file: &Path, work: Work, seconds: f64) -> Outcome<f64> {
    let store = Sqlite::open(file, &Options::default())?;
    let (end, ended) = channel();
    store.read(Box::new(move |db| {
        let rows = todos::last(db).expect("it runs").unwrap_or(1);
        let micros = repeat(seconds, |number| read(db, work, key(number, rows)));
        end.send(micros).expect("somebody waits");
    }));
    let micros = ended.recv()?;
    store.close();
    Ok(micros)
}

fn read(db: &Db, work: Work, key: i64) {
    match work {
        Work::Point => {
            let found = todos::find(db, key).expect("it runs").expect("it is there");
            black_box((found.id, found.title, found.done));
        }
        Work::Hundred => {
            black_box(todos::first(db).expect("it runs").len());
        }
        Work::Render => {
            black_box(todos::list(db).expect("it renders").0.len());
        }
    }
}
