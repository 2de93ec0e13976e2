//! Migrations: what is applied, what stops them, and that a stop leaves nothing behind.

mod border;

use orion::decl::{Migration, Slice};
use orion::store::sqlite::{Edit, Entry, MigrateError, Options, Sqlite, Trespass};
use rusqlite::Connection;

/// A slice with these entries, in its own words.
fn slice(name: &'static str, entries: &[(&'static str, &'static str)]) -> &'static Slice {
    let migrations: Vec<_> = entries.iter().map(|(name, sql)| Migration::new(name, sql)).collect();
    Box::leak(Box::new(Slice::new(name).migrations(migrations.leak())))
}

const A: (&str, &str) = ("A", "create table notes (id integer primary key, text text)");
const B: (&str, &str) = ("B", "alter table notes add column done integer");
const C: (&str, &str) = ("C", "create index notes_done on notes (done)");

/// A folder with a store and a second look into its file.
struct Place {
    store: Sqlite,
    file: Connection,
    _folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("app.db");
        let store = Sqlite::open(&path, &Options::default()).unwrap();
        Self { store, file: Connection::open(path).unwrap(), _folder: folder }
    }

    /// A store to which these were applied.
    fn with(slices: &[&'static Slice]) -> Self {
        let place = Self::new();
        place.store.migrate(slices).unwrap();
        place
    }

    /// Everything that is in the file: its schema, its ledger and how often it was changed.
    fn all(&self) -> Vec<String> {
        let mut all = self.strings("select coalesce(sql, name) from sqlite_schema order by 1");
        if all.iter().any(|sql| sql.contains("orion_migrations")) {
            all.extend(
                self.strings("select slice || position || name || checksum from orion_migrations order by 1"),
            );
            all.extend(self.strings("select name || ': ' || slice from orion_tables order by 1"));
        }
        all
    }

    fn strings(&self, sql: &str) -> Vec<String> {
        let mut statement = self.file.prepare(sql).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// Says why these are not applied, having seen that nothing changed and that the words name the way out.
    fn refused(&self, slices: &[&'static Slice]) -> MigrateError {
        // So that making the ledger itself is not seen as a change.
        self.store.migrate(&[slice("other", &[("NONE", "-- nothing")])]).unwrap();
        let before = self.all();
        let error = self.store.migrate(slices).unwrap_err();
        assert_eq!(self.all(), before, "{error}");
        let text = error.to_string();
        assert!(text.contains("\nhelp: ") || matches!(error, MigrateError::Failed { .. }), "{text}");
        error
    }

    fn trespass(&self, slices: &[&'static Slice]) -> Trespass {
        match self.refused(slices) {
            MigrateError::Trespass { what, .. } => what,
            other => panic!("{other}"),
        }
    }
}

fn names(entries: &[Entry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.name).collect()
}

#[test]
fn entries_are_applied_once_each_in_their_order() {
    let place = Place::new();
    assert_eq!(names(&place.store.migrate(&[slice("notes", &[A, B])]).unwrap()), ["A", "B"]);
    assert_eq!(place.store.migrate(&[slice("notes", &[A, B])]).unwrap(), []);
    assert_eq!(names(&place.store.migrate(&[slice("notes", &[A, B, C])]).unwrap()), ["C"]);
    assert_eq!(place.strings("select name || position from orion_migrations"), ["A1", "B2", "C3"]);
    assert_eq!(place.strings("select name || slice from orion_tables"), ["notesnotes"]);
}

#[test]
fn what_is_pending_is_listed_and_nothing_is_changed() {
    let place = Place::new();
    assert_eq!(names(&place.store.pending(&[slice("notes", &[A, B])]).unwrap()), ["A", "B"]);
    assert!(place.all().is_empty());
    place.store.migrate(&[slice("notes", &[A])]).unwrap();
    assert_eq!(names(&place.store.pending(&[slice("notes", &[A, B])]).unwrap()), ["B"]);
    place.store.pending(&[slice("notes", &[B])]).unwrap_err();
}

#[test]
fn what_is_pending_can_be_asked_while_another_process_serves_and_before_there_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("app.db");
    let slices = [slice("notes", &[A, B])];
    assert_eq!(names(&Sqlite::pending_at(&path, &slices).unwrap()), ["A", "B"]);
    assert!(!path.exists());
    let store = Sqlite::open(&path, &Options::default()).unwrap();
    store.migrate(&[slice("notes", &[A])]).unwrap();
    assert_eq!(names(&Sqlite::pending_at(&path, &slices).unwrap()), ["B"]);
}

#[test]
fn line_ends_of_the_other_kind_are_no_edit() {
    let place = Place::with(&[slice("notes", &[("A", "create table notes (\n  id\n)")])]);
    assert_eq!(
        place.store.migrate(&[slice("notes", &[("A", "create table notes (\r\n  id\r\n)")])]).unwrap(),
        []
    );
}

#[test]
fn an_edited_entry_stops_and_shows_the_first_line_that_differs() {
    const EDITED: (&str, &str) = ("A", "create table notes (id integer primary key, text blob)");
    let place = Place::with(&[slice("notes", &[A])]);
    let error = place.refused(&[slice("notes", &[EDITED, B])]);
    let MigrateError::Edited { slice, entry, edit: Edit::Text { line: 1, was, now } } = &error else {
        panic!("{error}")
    };
    assert_eq!((slice.as_str(), entry.as_str(), was.as_str(), now.as_str()), ("notes", "A", A.1, EDITED.1));
}

#[test]
fn an_entry_that_differs_in_white_space_only_stops_and_says_so() {
    const SPACED: (&str, &str) =
        ("A", "create table notes (\n id integer primary key, -- the id\n text text)");
    let place = Place::with(&[slice("notes", &[A])]);
    let error = place.refused(&[slice("notes", &[SPACED])]);
    assert!(matches!(error, MigrateError::Edited { edit: Edit::Layout, .. }), "{error}");
}

#[test]
fn an_entry_under_a_new_name_is_the_same() {
    let place = Place::with(&[slice("notes", &[A])]);
    assert_eq!(names(&place.store.migrate(&[slice("notes", &[("RENAMED", A.1), B])]).unwrap()), ["B"]);
}

#[test]
fn an_entry_that_moved_from_a_constant_to_a_file_is_the_same() {
    let place = Place::with(&[slice("notes", &[A])]);
    let file: &'static str = format!("{}\n", A.1).leak();
    assert_eq!(names(&place.store.migrate(&[slice("notes", &[("1_a", file), B])]).unwrap()), ["B"]);
}

#[test]
fn entries_in_another_order_stop() {
    let place = Place::with(&[slice("notes", &[A, B, C])]);
    let error = place.refused(&[slice("notes", &[A, C, B])]);
    assert!(matches!(&error, MigrateError::Moved { entry, was: 2, now: 3, .. } if entry == "B"), "{error}");
    let error = place.refused(&[slice("notes", &[("NEW", "select 1"), A, B, C])]);
    assert!(matches!(&error, MigrateError::Moved { entry, was: 1, now: 2, .. } if entry == "A"), "{error}");
}

#[test]
fn an_entry_that_is_gone_stops() {
    let place = Place::with(&[slice("notes", &[A, B, C])]);
    let error = place.refused(&[slice("notes", &[A, C])]);
    assert!(matches!(&error, MigrateError::Missing { entry, position: 2, .. } if entry == "B"), "{error}");
}

#[test]
fn a_program_older_than_its_database_says_so() {
    let place = Place::with(&[slice("notes", &[A, B, C])]);
    let error = place.refused(&[slice("notes", &[A])]);
    assert!(matches!(&error, MigrateError::Older { entries, .. } if *entries == ["B", "C"]), "{error}");
    assert!(error.to_string().starts_with("this program is older than its database"), "{error}");
}

#[test]
fn nothing_is_applied_anywhere_while_an_applied_entry_differs() {
    let place = Place::with(&[slice("notes", &[A])]);
    place.refused(&[slice("more", &[("A", "create table more (id)")]), slice("notes", &[B])]);
}

#[test]
fn a_failing_entry_leaves_nothing_and_those_before_it_stay() {
    const FAILS: (&str, &str) =
        ("FAILS", "create table half (id);\ninsert into half values (1);\ninsert into nowhere values (1)");
    let place = Place::new();
    let error = place.store.migrate(&[slice("notes", &[A, FAILS, C])]).unwrap_err();
    assert!(matches!(&error, MigrateError::Failed { entry, .. } if entry == "FAILS"), "{error}");
    assert!(error.to_string().contains("no such table: nowhere"), "{error}");
    assert_eq!(place.strings("select name from orion_tables"), ["notes"]);
    assert_eq!(place.strings("select name from orion_migrations"), ["A"]);
    // It was never applied, so it may be put right.
    assert_eq!(names(&place.store.migrate(&[slice("notes", &[A, B, C])]).unwrap()), ["B", "C"]);
}

#[test]
fn sql_that_does_not_parse_is_told_in_sqlites_own_words() {
    let place = Place::new();
    let error = place.refused(&[slice("notes", &[("A", "create tabel notes (id)")])]);
    assert!(error.to_string().contains("near \"tabel\": syntax error"), "{error}");
}

#[test]
fn a_table_can_be_rebuilt_without_losing_what_refers_to_it() {
    const CREATE: (&str, &str) = (
        "CREATE",
        "create table boards (id integer primary key, name text);
         create table cards (id integer primary key, board integer not null references boards (id) on delete cascade);
         insert into boards values (1, 'one');
         insert into cards values (1, 1)",
    );
    const REBUILD: (&str, &str) = (
        "REBUILD",
        "create table boards_new (id integer primary key, name text not null) strict;
         insert into boards_new select id, name from boards;
         drop table boards;
         alter table boards_new rename to boards",
    );
    let place = Place::with(&[slice("board", &[CREATE, REBUILD])]);
    assert_eq!(place.strings("select name from cards join boards on boards.id = board"), ["one"]);
    assert_eq!(place.strings("select name from orion_tables order by 1"), ["boards", "cards"]);
    let error = place.refused(&[slice("board", &[CREATE, REBUILD, ("EMPTY", "delete from boards")])]);
    assert!(
        matches!(&error, MigrateError::Orphans { table, parent, .. } if table == "cards" && parent == "boards"),
        "{error}"
    );
}

#[test]
fn a_dropped_table_leaves_its_name_to_whoever_wants_it() {
    let place = Place::with(&[slice("notes", &[A, ("DROP", "drop table notes")])]);
    place.store.migrate(&[slice("other", &[("A", "create table notes (id)")])]).unwrap();
    assert_eq!(place.strings("select slice from orion_tables"), ["other"]);
}

#[test]
fn a_slice_that_is_not_listed_any_more_keeps_its_tables() {
    let place = Place::with(&[slice("notes", &[A])]);
    let what = place.trespass(&[slice("mine", &[("A", "drop table notes")])]);
    assert_eq!(what, Trespass::Owned { table: "notes".to_owned(), owner: "notes".to_owned() });
    assert_eq!(place.store.migrate(&[slice("notes", &[A])]).unwrap(), []);
}

#[test]
fn two_slices_cannot_have_one_name() {
    let place = Place::new();
    let error = place.refused(&[slice("notes", &[A]), slice("notes", &[C])]);
    assert!(matches!(error, MigrateError::Twice { .. }), "{error}");
}

#[test]
fn statements_that_are_already_prepared_see_the_new_schema() {
    use orion::decl::Statement;
    const ALL: Statement = Statement::new("select text from notes").reads(&["notes"]);
    let place = Place::with(&[slice("notes", &[A])]);
    let read = || super::place::wait(orion::store::read(&place.store, |db| db.all::<String>(&ALL, &[])));
    assert_eq!(read().unwrap(), [""; 0]);
    let more = ("B", "insert into notes (text) values ('new'); alter table notes add column more");
    place.store.migrate(&[slice("notes", &[A, more])]).unwrap();
    assert_eq!(read().unwrap(), ["new"]);
}
