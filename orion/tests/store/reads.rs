//! Readers: one snapshot a job, beside the writer, and nothing of one job in the next.

use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier};

use orion::decl::Statement;
use orion::store::Store;
use orion::store::sqlite::Options;
use orion::{Topic, Topics};

use super::place::{ALL, COUNT, INSERT, Place, insert};

#[test]
fn a_read_sees_one_snapshot_from_its_first_statement_to_its_last() {
    let place = Place::new();
    let (enter, entered) = channel();
    let (go, gone) = channel::<()>();
    let (say, said) = channel();
    place.store.read(Box::new(move |db| {
        let before: i64 = db.one(&COUNT, &[]).unwrap();
        enter.send(()).unwrap();
        gone.recv().unwrap();
        let after: i64 = db.one(&COUNT, &[]).unwrap();
        say.send((before, after)).unwrap();
    }));
    entered.recv().unwrap();
    place.write(|tx| insert(tx, "between")).unwrap();
    go.send(()).unwrap();
    assert_eq!(said.recv().unwrap(), (0, 0));
    assert_eq!(place.notes(), ["between"]);
}

#[test]
fn readers_read_while_the_writer_is_in_a_transaction() {
    let place = Place::new();
    let (enter, entered) = channel();
    let (go, gone) = channel::<()>();
    let outcome = place.queue(move |tx| {
        insert(tx, "not yet")?;
        enter.send(()).unwrap();
        gone.recv().unwrap();
        Ok(())
    });
    entered.recv().unwrap();
    assert_eq!(place.read(|db| db.one::<i64>(&COUNT, &[])).unwrap(), 0);
    go.send(()).unwrap();
    outcome.recv().unwrap().unwrap();
    assert_eq!(place.notes(), ["not yet"]);
}

#[test]
fn as_many_reads_run_at_once_as_there_are_readers() {
    let place = Place::with(&Options::default().readers(3));
    let met = Arc::new(Barrier::new(4));
    for _ in 0..3 {
        let met = Arc::clone(&met);
        place.store.read(Box::new(move |_| {
            met.wait();
        }));
    }
    met.wait();
}

#[test]
fn what_one_read_touched_is_not_counted_for_the_next() {
    let place = Place::with(&Options::default().readers(1));
    place.read(|db| db.all::<String>(&ALL, &[])).unwrap();
    let untouched = place.read(|db| Ok(db.take_reads())).unwrap();
    assert_eq!(untouched, Topics::new());
    let touched = place.read(|db| {
        db.all::<String>(&ALL, &[])?;
        Ok(db.take_reads())
    });
    assert_eq!(touched.unwrap(), Topics::from([Topic::table("notes")]));
}

#[test]
fn a_read_that_writes_is_refused_in_plain_words() {
    let place = Place::new();
    let error = place.read(|db| db.all::<i64>(&INSERT, &[orion::Value::Text("a")])).unwrap_err();
    assert_eq!(
        error.to_string(),
        "running `insert into notes (text) values (?)`: it writes, and `&Db` only reads; take `&Tx`"
    );
    assert!(place.notes().is_empty());
}

#[test]
fn a_panic_that_a_job_lets_through_leaves_the_reader_alive() {
    let place = Place::with(&Options::default().readers(1));
    place.store.read(Box::new(|_| panic!("on purpose")));
    assert!(place.notes().is_empty());
}

#[test]
fn a_kept_statement_still_works_when_its_table_gets_another_column() {
    const SHAPE: Statement = Statement::new("select * from notes").reads(&["notes"]);
    let place = Place::new();
    place.write(|tx| insert(tx, "a")).unwrap();
    place.read(|db| db.all::<i64>(&SHAPE, &[])).unwrap();
    let file = rusqlite::Connection::open(place.path()).unwrap();
    file.execute_batch("alter table notes add column more text").unwrap();
    // The cached statement is prepared again by itself.
    assert_eq!(place.read(|db| db.all::<i64>(&SHAPE, &[])).unwrap(), [1]);
}
