//! Applying migrations: what they may hold, and what is wrong in them.

use super::{Schema, board, refused_migration, schema};

#[test]
fn statements_after_one_another_are_applied() {
    let schema = schema(
        "create table a (x); -- one; two\ncreate table b (y text default ';');;\n insert into a values (';')",
    );
    assert_eq!(schema.tables(), ["a", "b"]);
}

#[test]
fn a_later_migration_builds_on_an_earlier_one() {
    let mut schema = schema("create table a (x integer)");
    schema.apply("alter table a add column y text not null default ''").expect("it is right");
    let checked = schema.check("select y from a").expect("the column is there");
    assert_eq!(checked.columns[0].name, "y");
}

#[test]
fn the_semicolons_of_a_trigger_do_not_end_it() {
    let mut schema = schema("create table a (x); create table b (y)");
    let trigger = "create trigger t after insert on a begin
            insert into b values (case when new.x then 1 else 2 end);
            delete from a where x = 3;
        end;
        create table c (z)";
    schema.apply(trigger).expect("it is right");
    assert_eq!(schema.tables(), ["a", "b", "c"]);
    assert_eq!(schema.check("insert into a values (1)").expect("it is right").writes, ["a", "b"]);
}

#[test]
fn a_migration_that_fails_leaves_the_schema_as_it_was() {
    let mut schema = board();
    let tables = schema.tables();
    assert!(schema.apply("create table new (x); drop table tags; create table boards (x)").is_err());
    assert_eq!(schema.tables(), tables);
}

#[test]
fn sqlites_sentence_comes_with_the_place() {
    assert_eq!(
        refused_migration("create table a (\n    x txt,\n    y text\n) strict"),
        "unknown datatype for a.x: \"txt\"\n  x txt,\n    ^^^\n\
         help: a strict table has `integer`, `real`, `text`, `blob` and `any`"
    );
    assert_eq!(
        refused_migration("create table z (name);\ncreate index i on z (colour)"),
        "no such column: colour\n  create index i on z (colour)\n                       ^^^^^^\nhelp: `z` has `name`"
    );
    assert_eq!(
        refused_migration("create table cards (id integer primary key)"),
        "table cards already exists\n  create table cards (id integer primary key)\n               ^^^^^\n\
         help: each migration goes on from the ones before it: `alter table …`, or another name"
    );
    assert_eq!(
        refused_migration("insert into boards (name) values (null)"),
        "NOT NULL constraint failed: boards.name\n  insert into boards (name) values (null)\n                      ^^^^"
    );
}

#[test]
fn a_mistyped_name_gets_the_nearest_one() {
    assert!(refused_migration("alter table card add column x").ends_with("help: did you mean `cards`?"));
    assert!(refused_migration("create index i on cards (titel)").ends_with("help: did you mean `title`?"));
    assert!(refused_migration("creat table x (y)").ends_with("help: did you mean `create`?"));
    assert!(refused_migration("create tabel x (y)").ends_with("help: did you mean `table`?"));
}

#[test]
fn a_keyword_as_a_name_is_quoted() {
    assert_eq!(
        refused_migration("create table x (order integer)"),
        "near \"order\": syntax error\n  create table x (order integer)\n                  ^^^^^\n\
         help: `order` is a keyword of SQL; as a name it is written `\"order\"`"
    );
}

#[test]
fn a_view_is_looked_into_when_it_is_created() {
    assert_eq!(
        refused_migration("create view v as\nselect id, titel from cards"),
        "no such column: titel\n  select id, titel from cards\n             ^^^^^\nhelp: did you mean `title`?"
    );
    assert_eq!(
        refused_migration("create view v (a, b) as select id from cards"),
        "expected 2 columns for 'v' but got 1"
    );
    let mut schema = board();
    schema.apply("create view v as select id, nope from boards; drop view v").expect("it is gone again");
}

#[test]
fn a_trigger_is_looked_into_when_it_is_created() {
    assert_eq!(
        refused_migration(
            "create trigger t after insert on boards begin update cards set titel = new.name; end"
        ),
        "no such column: titel\n  create trigger t after insert on boards begin update cards set titel = new.name; end\n\
         \x20                                                                ^^^^^\nhelp: did you mean `title`?"
    );
    let new = "create trigger t after update of name on boards begin insert into activity values (1, new.nam, 2); end";
    assert!(refused_migration(new).ends_with("help: did you mean `name`?"), "{}", refused_migration(new));
    let old = "create trigger t before delete on tags begin delete from cards where title = old.nam; end";
    assert!(refused_migration(old).contains("old.nam"), "{}", refused_migration(old));
    let view = "create trigger t instead of insert on open_cards begin delete from nowhere; end";
    assert!(
        refused_migration(view).starts_with("no such table: main.nowhere"),
        "{}",
        refused_migration(view)
    );
}

#[test]
fn a_trigger_on_a_table_with_a_foreign_key_to_nowhere_is_not_blamed_for_it() {
    schema(
        "create table a (id integer primary key, user_id integer references users (id));
         create trigger t after insert on a begin update a set user_id = null where id = new.id; end;",
    );
}

#[test]
fn what_belongs_to_the_store_has_no_place() {
    for sql in [
        "begin",
        "commit; create table x (y)",
        "vacuum",
        "attach 'x' as y",
        "pragma journal_mode = wal",
        "savepoint s",
    ] {
        assert!(refused_migration(sql).contains("has no place in a migration"), "{sql}");
    }
    assert_eq!(
        refused_migration("create table x (y);\npragma foreign_keys = off"),
        "`pragma foreign_keys` has no place in a migration\n  pragma foreign_keys = off\n  ^^^^^^^^^^^^^^^^^^^\n\
         help: the store sets up its connections; a migration changes tables"
    );
    board().apply("pragma defer_foreign_keys = on; delete from boards").expect("it is right");
}

#[test]
fn temporary_objects_have_no_place() {
    assert!(
        refused_migration("create temp table x (y)")
            .contains("`create temporary` has no place in a migration")
    );
    assert!(refused_migration("create temporary view x as select 1").contains("has no place"));
    assert!(
        refused_migration("create table temp.x (y)").starts_with("other databases and temporary objects")
    );
}

#[test]
fn a_new_column_that_must_not_be_null_needs_a_value_for_the_rows_that_are_there() {
    let error = refused_migration("alter table boards add column colour text not null");
    assert_eq!(
        error,
        "cannot add a NOT NULL column with default value NULL\n  alter table boards add column colour text not null\n\
         \x20                                           ^^^^^^^^\nhelp: rows that are there already need a value: add `default …`"
    );
    let mut schema = board();
    schema.apply("alter table boards add column colour text not null default 'red'").expect("it has a value");
    schema
        .apply("alter table boards add column n integer generated always as (id) virtual not null")
        .expect("it too");
    schema
        .apply("alter table boards add column c text check (c is not null or id > 0)")
        .expect("that is another not null");
}

#[test]
fn parameters_and_nothing_at_all_are_refused() {
    assert!(
        refused_migration("insert into boards (name) values (:name)")
            .starts_with("a migration has no parameters")
    );
    assert!(refused_migration("").starts_with("the migration is empty"));
    assert!(refused_migration(" -- nothing\n;").starts_with("the migration is empty"));
}

#[test]
fn foreign_keys_are_kept() {
    let error = refused_migration("insert into cards (board_id, title) values (77, 'x')");
    assert_eq!(
        error,
        "FOREIGN KEY constraint failed: a row of `cards` refers to a row of `boards` that is not there"
    );
    let error = refused_migration("create table pins (card text references cards (title))");
    assert_eq!(error, "foreign key mismatch - \"pins\" referencing \"cards\"");
}

#[test]
fn a_statement_without_end_is_stopped() {
    let error = refused_migration(
        "with recursive n (i) as (select 1 union all select i + 1 from n) insert into activity select i, i, i from n",
    );
    assert!(error.starts_with("the statement does not come to an end"), "{error}");
}

#[test]
fn names_in_double_quotes_are_names_and_never_strings() {
    let error = refused_migration("create table x (y text default \"z\" check (y <> \"oops\"))");
    assert!(error.starts_with("no such column: \"oops\""), "{error}");
    assert!(Schema::new().apply("create table x (\"y z\" text)").is_ok());
}
