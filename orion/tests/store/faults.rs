//! Files that were damaged behind the store's back.

use std::fs;

use orion::store::sqlite::{Options, Sqlite};

use super::place::{NOTES, Place, insert};

#[test]
fn a_corrupt_database_at_boot_is_refused_and_left_as_it_is() {
    let place = Place::new();
    place.write(|tx| insert(tx, "a")).unwrap();
    place.store.close();
    let mut bytes = fs::read(place.path()).unwrap();
    // The first page behind SQLite's header is the schema.
    bytes[100..4096].fill(0xA5);
    fs::write(place.path(), &bytes).unwrap();
    let outcome = Sqlite::open(place.path(), &Options::default())
        .map_err(|error| error.to_string())
        .and_then(|store| store.migrate(&[&NOTES]).map(drop).map_err(|error| error.to_string()));
    let text = outcome.unwrap_err();
    assert!(text.contains("malformed"), "{text}");
    assert_eq!(fs::read(place.path()).unwrap()[100..], bytes[100..]);
}

#[test]
#[cfg(unix)]
fn a_log_that_is_deleted_while_it_is_used_loses_nothing_if_the_process_ends_by_itself() {
    let place = Place::new();
    place.write(|tx| insert(tx, "before")).unwrap();
    fs::remove_file(place.folder.path().join("app.db-wal")).unwrap();
    place.write(|tx| insert(tx, "after")).unwrap();
    assert_eq!(place.notes(), ["before", "after"]);
    place.store.close();
    let file = rusqlite::Connection::open(place.path()).unwrap();
    let kept: i64 = file.query_row("select count(*) from notes", [], |row| row.get(0)).unwrap();
    assert_eq!(kept, 2);
}
