//! Opening: what is refused, in which words, and what stays possible for other programs.

use std::fs;
use std::path::Path;

use orion::store::sqlite::{OpenError, Options, Sqlite, Synchronous};

use super::place::{Place, insert};

fn refused(path: &Path) -> OpenError {
    let error = Sqlite::open(path, &Options::default()).unwrap_err();
    let text = error.to_string();
    assert!(text.contains(&format!("`{}`", path.display())), "{text}");
    assert!(text.contains("\nhelp: "), "{text}");
    error
}

#[test]
fn a_missing_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let error = refused(&folder.path().join("no/such/app.db"));
    assert!(matches!(error, OpenError::NoFolder { .. }), "{error}");
}

#[test]
fn a_folder_is_no_database() {
    let folder = tempfile::tempdir().unwrap();
    let error = refused(&folder.path().canonicalize().unwrap());
    assert!(matches!(error, OpenError::NotAFile { .. }), "{error}");
    assert!(matches!(Sqlite::open("", &Options::default()), Err(OpenError::NotAFile { .. })));
}

#[test]
fn a_file_that_is_something_else_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("letter.txt");
    let text = "Dear Ada, ".repeat(1000);
    fs::write(&path, &text).unwrap();
    let error = refused(&path);
    assert!(matches!(error, OpenError::NotADatabase { .. }), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn a_second_store_on_the_same_file_is_refused_by_whatever_path() {
    let place = Place::new();
    let error = refused(&place.path().canonicalize().unwrap());
    let mine = std::process::id();
    assert!(matches!(error, OpenError::InUse { process: Some(process), .. } if process == mine), "{error}");

    #[cfg(unix)]
    {
        let link = place.folder.path().join("link.db");
        std::os::unix::fs::symlink(place.path(), &link).unwrap();
        assert!(matches!(Sqlite::open(&link, &Options::default()), Err(OpenError::InUse { .. })));

        // Also where the link was there before what it names.
        let (link, named) = (place.folder.path().join("early.db"), place.folder.path().join("named.db"));
        std::os::unix::fs::symlink(&named, &link).unwrap();
        let _store = Sqlite::open(&link, &Options::default()).unwrap();
        assert!(matches!(Sqlite::open(&named, &Options::default()), Err(OpenError::InUse { .. })));
    }
    // It did no harm to the first.
    place.write(|tx| insert(tx, "a")).unwrap();
}

#[test]
#[cfg(unix)]
fn a_file_or_folder_that_cannot_be_written_is_refused() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("app.db");
    Sqlite::open(&path, &Options::default()).unwrap().close();
    for (locked, mode) in [(path.as_path(), 0o444), (folder.path(), 0o555)] {
        let before = fs::metadata(locked).unwrap().permissions();
        fs::set_permissions(locked, fs::Permissions::from_mode(mode)).unwrap();
        let outcome = Sqlite::open(&path, &Options::default());
        fs::set_permissions(locked, before).unwrap();
        // Permissions do not bind root.
        if fs::metadata(&path).unwrap().uid() != 0 {
            let error = outcome.unwrap_err();
            assert!(matches!(error, OpenError::ReadOnly { .. }), "{error}");
        }
    }
}

#[test]
fn a_closed_store_can_be_opened_again() {
    let place = Place::new();
    place.write(|tx| insert(tx, "a")).unwrap();
    place.store.close();
    let again = Sqlite::open(place.path(), &Options::default()).unwrap();
    drop(again);
    Sqlite::open(place.path(), &Options::default().synchronous(Synchronous::Normal)).unwrap();
}

#[test]
fn other_programs_read_and_write_the_file_meanwhile() {
    let place = Place::new();
    place.write(|tx| insert(tx, "ours")).unwrap();
    let other = rusqlite::Connection::open(place.path()).unwrap();
    let mode: String = other.query_row("pragma journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "wal");
    other.execute("insert into notes (text) values ('theirs')", []).unwrap();
    assert_eq!(place.notes(), ["ours", "theirs"]);
}

#[test]
fn a_relative_path_is_found_from_the_current_folder() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let relative = Path::new(folder.path().file_name().unwrap()).join("app.db");
    let store = Sqlite::open(&relative, &Options::default()).unwrap();
    assert_eq!(store.path(), folder.path().canonicalize().unwrap().join("app.db"));
}

#[test]
fn what_must_be_kept_is_made_once() {
    let place = Place::new();
    let first = place.store.meta_or_insert("secret", || vec![0, 1, 2]).unwrap();
    let again = place.store.meta_or_insert("secret", || unreachable!()).unwrap();
    assert_eq!((first.as_slice(), again.as_slice()), (&[0, 1, 2][..], &[0, 1, 2][..]));
    place.store.close();
    let store = Sqlite::open(place.path(), &Options::default()).unwrap();
    assert_eq!(store.meta_or_insert("secret", || unreachable!()).unwrap(), [0, 1, 2]);
    assert_eq!(store.meta_or_insert("other", || vec![9]).unwrap(), [9]);
}

/// A child has all files of its parent until its own program begins.
#[test]
fn child_processes_that_are_just_being_made_keep_no_file_from_being_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let opened = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !opened.load(std::sync::atomic::Ordering::Relaxed) {
                assert!(std::process::Command::new("true").status().unwrap().success());
            }
        });
        let again = (0..300).try_for_each(|_| {
            Sqlite::open(folder.path().join("app.db"), &Options::default()).map(|store| store.close())
        });
        opened.store(true, std::sync::atomic::Ordering::Relaxed);
        again.unwrap();
    });
}
