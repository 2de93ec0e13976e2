//! A store's life: closing, dropping, and what is heard of slow writes.

use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use orion::store::sqlite::{Options, Sqlite};
use orion::store::{Store, job};

use super::place::{NOTES, Place, insert};

#[test]
fn closing_finishes_what_is_queued_and_refuses_what_comes_later() {
    let place = Place::new();
    let held = place.hold();
    let queued: Vec<_> =
        (0..10).map(|number| place.queue(move |tx| insert(tx, &number.to_string()))).collect();
    held.let_go();
    place.store.close();
    for outcome in queued {
        outcome.recv().unwrap().unwrap();
    }
    assert_eq!(place.write(|tx| insert(tx, "late")).unwrap_err().status(), 503);
    assert_eq!(place.read(|_| Ok(())).unwrap_err().status(), 503);
    assert!(place.store.migrate(&[&NOTES]).unwrap_err().to_string().contains("the store was closed"));
    place.store.close();
}

#[test]
fn closing_leaves_everything_in_the_file_itself() {
    let place = Place::new();
    place.write(|tx| insert(tx, "a")).unwrap();
    place.store.close();
    let log = place.folder.path().join("app.db-wal");
    assert!(std::fs::metadata(log).map_or(0, |log| log.len()) == 0);
    let store = Sqlite::open(place.path(), &Options::default()).unwrap();
    store.close();
}

#[test]
fn a_reader_of_another_process_does_not_hold_up_closing() {
    let place = Place::new();
    let mut other = rusqlite::Connection::open(place.path()).unwrap();
    let reading = other.transaction().unwrap();
    reading.query_row("select count(*) from notes", [], |_| Ok(())).unwrap();
    place.write(|tx| insert(tx, "a")).unwrap();
    place.store.close();
    drop(reading);
    let count: i64 = other.query_row("select count(*) from notes", [], |row| row.get(0)).unwrap();
    assert_eq!(count, 1);
}

#[test]
fn the_last_to_hold_the_store_may_be_one_of_its_own_jobs() {
    let Place { store, folder } = Place::new();
    let store = Arc::new(store);
    let (finish, finished) = channel();
    let (go, gone) = channel::<()>();
    let last = Arc::clone(&store);
    store.write(job(
        move |tx| {
            gone.recv().unwrap();
            insert(tx, "a")?;
            drop(last);
            insert(tx, "b")
        },
        move |result| finish.send(result).unwrap(),
    ));
    drop(store);
    go.send(()).unwrap();
    finished.recv().unwrap().unwrap();
    drop(folder);
}

/// Lines of a log, for whoever looks.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_slow_write_is_named_in_the_log_by_what_it_changed_and_where_it_came_from() {
    let log = Log::default();
    let to = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || to.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();

    let place = Place::with(&Options::default().slow(Duration::ZERO));
    let request = tracing::info_span!("request", command = "notes::create");
    let _entered = request.enter();
    place.write(|tx| insert(tx, "a")).unwrap();

    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let line = text.lines().find(|line| line.contains("a slow write")).expect(&text);
    assert!(line.contains("notes::create") && line.contains("changed={Topic(\"notes\")}"), "{line}");
}
