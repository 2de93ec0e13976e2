//! Foreign keys into other slices' tables.

use super::{Schema, schema};

const SESSIONS: &str = "
    create table sessions (
        id integer primary key,
        account integer not null references Accounts (id) on delete cascade on update cascade,
        device integer references devices (serial, maker) on delete set null
    ) strict;
    create table notes (session integer references sessions (id) on delete cascade, text text) strict;
    create table log (line text) strict;
    create trigger gone after delete on sessions begin insert into log values ('gone'); end;
    create table plain (account integer references accounts (ID)) strict;";

fn consequences(schema: &Schema) -> Vec<(String, Vec<String>, Vec<String>)> {
    let told = schema.references().into_iter().map(|reference| {
        let changed = schema.consequences(&reference).expect("SQLite takes it");
        let name = format!("{}.{}", reference.table, reference.columns.join("+"));
        (name, changed.writes.into_iter().collect(), changed.removes.into_iter().collect())
    });
    told.collect()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn what_follows_from_another_slices_row_is_what_sqlite_does_with_the_own_ones() {
    let schema =
        schema(&SESSIONS.replace("references devices (serial, maker)", "references devices (serial)"));
    assert_eq!(
        consequences(&schema),
        [
            ("plain.account".to_owned(), texts(&[]), texts(&[])),
            ("sessions.device".to_owned(), texts(&["sessions"]), texts(&[])),
            (
                "sessions.account".to_owned(),
                texts(&["log", "notes", "sessions"]),
                texts(&["notes", "sessions"])
            ),
        ]
    );
}

#[test]
fn a_statement_neither_finds_nor_needs_what_stands_in() {
    let schema = schema(
        "create table sessions (id integer primary key, account integer references accounts (id)) strict",
    );
    let checked = schema.check("insert into sessions (account) values (:account)").expect("it is right");
    assert_eq!(checked.writes, ["sessions"]);
    assert!(checked.reads.is_empty() && checked.removes.is_empty());
    let error = schema.check("select id from accounts").expect_err("not its own");
    assert_eq!(error.message, "no such table: accounts");
    assert!(schema.check("delete from accounts").is_err());
    assert_eq!(schema.tables(), ["sessions"]);
}

#[test]
fn what_loses_rows_or_changes_keys_is_told() {
    let schema = schema(
        "create table people (id integer primary key, email text unique, name text, a, b, unique (b, a));
         create index by_name on people (name);
         create table pets (owner integer references people (id) on delete cascade);",
    );
    let removes = |sql: &str| schema.check(sql).expect(sql).removes;
    assert_eq!(removes("delete from people where name = ''"), ["people", "pets"]);
    assert_eq!(removes("update people set email = :e"), ["people"]);
    assert_eq!(removes("update people set rowid = :id"), ["people"]);
    assert_eq!(removes("update people set a = 1"), ["people"]);
    assert!(removes("update people set name = :n").is_empty());
    assert!(removes("insert into people (name) values ('x')").is_empty());
    assert_eq!(removes("insert or replace into people (id) values (1)"), ["people", "pets"]);
    let keys: Vec<_> =
        schema.keys().map(|(table, columns)| format!("{table}({})", columns.join(","))).collect();
    assert_eq!(keys, ["people(a,b)", "people(email)", "people(id)"]);
}

#[test]
fn a_table_that_replaces_rows_by_itself_may_lose_some_by_any_insert() {
    let schema = schema("create table seats (id integer primary key, name text unique on conflict replace)");
    assert_eq!(schema.check("insert into seats (name) values (:n)").expect("right").removes, ["seats"]);
}
