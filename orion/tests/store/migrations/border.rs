//! What a slice's migrations may touch: its own tables, and nothing of another slice, of SQLite or of orion.

use super::*;

#[test]
fn no_slice_changes_what_belongs_to_another() {
    const THEIRS: (&str, &str) = (
        "A",
        "create table notes (id integer primary key, text text);
         create index notes_text on notes (text);
         create view titles as select text from notes;
         create trigger quiet after insert on notes begin select 1; end",
    );
    let place = Place::with(&[slice("notes", &[THEIRS])]);
    for sql in [
        "create table notes (id)",
        "create table if not exists notes (id)",
        "create table NOTES (id)",
        "create view notes as select 1",
        "alter table notes add column mine integer",
        "alter table notes rename to mine",
        "alter table notes rename column text to mine",
        "alter table notes drop column text",
        "drop table notes",
        "drop table if exists Notes",
        "drop view titles",
        "drop index notes_text",
        "drop trigger quiet",
        "create index mine on notes (text)",
        "create trigger mine after insert on notes begin select 1; end",
        "create trigger mine instead of insert on titles begin select 1; end",
        "insert into notes (text) values ('mine')",
        "insert into \"notes\" (text) values ('mine')",
        "update notes set text = 'mine'",
        "delete from notes",
        "with x as (select 1) delete from notes",
        "replace into notes (id) values (1)",
        "create table mine (id); create trigger t after insert on mine begin delete from notes; end",
        "create table mine (id); create trigger t after update of id on mine begin update notes set text = 1; end",
        "create table mine (id); create trigger t before delete on mine begin insert into notes values (1, 1); end",
        "create view mine as select 1 as one; create trigger t instead of update on mine begin delete from notes; end",
        "create table mine (id); insert into mine values (1); drop table notes",
    ] {
        let what = place.trespass(&[slice("notes", &[THEIRS]), slice("mine", &[("A", sql)])]);
        let Trespass::Owned { table, owner } = what else { panic!("{sql}: {what}") };
        assert!(
            ["notes", "titles"].contains(&table.as_str()) && owner == "notes",
            "{sql}: {table} of {owner}"
        );
    }
}

#[test]
fn reading_anothers_tables_is_no_trespass() {
    let place = Place::with(&[slice("notes", &[A])]);
    let copy = "create table copies as select text from notes; create view seen as select text from notes";
    place.store.migrate(&[slice("notes", &[A]), slice("copies", &[("A", copy)])]).unwrap();
}

#[test]
fn names_of_sqlite_and_of_orion_are_not_for_slices() {
    let place = Place::with(&[slice(
        "notes",
        &[A, ("COUNT", "create table counted (id integer primary key autoincrement)")],
    )]);
    place.store.meta_or_insert("secret", || vec![1]).unwrap();
    for sql in [
        "create table orion_mine (id)",
        "create view Orion_mine as select 1",
        "create table mine (id); alter table mine rename to orion_mine",
        "delete from orion_migrations",
        "update orion_tables set slice = 'mine'",
        "drop table orion_meta",
        "insert into orion_meta values ('secret', x'00')",
        "update sqlite_sequence set seq = 0",
        "insert into sqlite_sequence values ('counted', 7)",
    ] {
        let what = place.trespass(&[slice("mine", &[("A", sql)])]);
        assert!(matches!(what, Trespass::Reserved { .. }), "{sql}: {what}");
    }
    // These SQLite refuses by itself.
    for sql in
        ["create table sqlite_mine (id)", "delete from sqlite_schema", "update sqlite_master set sql = ''"]
    {
        let error = place.refused(&[slice("mine", &[("A", sql)])]);
        let text = error.to_string();
        assert!(text.contains("`A` of slice `mine`") && text.contains("sqlite_"), "{sql}: {text}");
    }
}

#[test]
fn transactions_settings_and_other_files_are_not_for_entries() {
    let place = Place::new();
    for sql in [
        "begin",
        "create table mine (id); commit",
        "rollback; create table mine (id)",
        "savepoint a",
        "release a",
        "pragma foreign_keys = off",
        "pragma writable_schema = on",
        "pragma journal_mode = delete",
        "attach 'other.db' as other",
        "create table mine (id unique); insert into mine values (1); insert or rollback into mine values (1); create table more (id)",
    ] {
        let error = place.refused(&[slice("mine", &[("A", sql)])]);
        let text = error.to_string();
        assert!(
            matches!(error, MigrateError::Trespass { what: Trespass::Forbidden { .. }, .. })
                || text.contains("UNIQUE constraint failed"),
            "{sql}: {text}"
        );
    }
    place.refused(&[slice("mine", &[("A", "vacuum")])]);
}

#[test]
fn a_table_that_nobody_made_is_left_alone_until_it_is_given_to_a_slice() {
    const ADOPT: (&str, &str) =
        ("A", "create table if not exists old (id integer primary key); alter table old add column new");
    let place = Place::new();
    place
        .file
        .execute_batch("create table Old (id integer primary key); insert into old values (7)")
        .unwrap();
    let what = place.trespass(&[slice("mine", &[ADOPT])]);
    assert_eq!(what, Trespass::Foreign { table: "old".to_owned() });
    assert!(what.to_string().contains("insert into orion_tables"), "{what}");
    place.file.execute("insert into orion_tables (name, slice) values ('OLD', 'mine')", []).unwrap();
    place.store.migrate(&[slice("mine", &[ADOPT])]).unwrap();
    assert_eq!(place.strings("select id || '' from old where new is null"), ["7"]);
}

#[test]
fn all_that_a_slice_does_with_its_own_tables_is_let_be() {
    const SEARCH: (&str, &str) = (
        "SEARCH",
        "create virtual table found using fts5 (text, content = notes, content_rowid = id);
         create trigger notes_found after insert on notes begin
             insert into found (rowid, text) values (new.id, new.text);
         end;
         insert into notes (text) values ('to be found');
         insert into found (found) values ('rebuild');
         insert into found (found) values ('optimize')",
    );
    const COUNTED: (&str, &str) = (
        "COUNTED",
        "create table counted (id integer primary key autoincrement);
         insert into counted default values;
         alter table counted rename to numbered;
         drop table numbered;
         create temp table scratch (id);
         insert into scratch values (1);
         drop table scratch;
         analyze;
         reindex",
    );
    const VIEWS: (&str, &str) = (
        "VIEWS",
        "create view titles as select id, text from notes;
         create trigger retitle instead of update on titles begin
             update notes set text = new.text where id = new.id;
         end;
         update titles set text = 'found again';
         drop trigger retitle;
         drop view titles",
    );
    const GONE: (&str, &str) = ("GONE", "drop table found");
    let place = Place::with(&[slice("notes", &[A, SEARCH, COUNTED, VIEWS])]);
    assert_eq!(place.strings("select rowid || '' from found where found match 'be'"), ["1"]);
    let owned = place.strings("select name from orion_tables order by name");
    assert_eq!(owned, ["found", "found_config", "found_data", "found_docsize", "found_idx", "notes"]);
    place.store.migrate(&[slice("notes", &[A, SEARCH, COUNTED, VIEWS, GONE])]).unwrap();
    assert_eq!(place.strings("select name from orion_tables"), ["notes"]);
}
