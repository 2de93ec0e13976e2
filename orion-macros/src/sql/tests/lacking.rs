//! Inserts that leave a column out, judged and then run.

use rusqlite::Connection;

use super::*;

/// Tables, and an insert into `t`.
const CASES: &[(&str, &str)] = &[
    ("create table t (a text not null, b integer not null) strict", "insert into t (a) values ('x')"),
    ("create table t (a text not null, b integer not null default 1) strict", "insert into t (a) values ('x')"),
    ("create table t (a text not null, b integer) strict", "insert into t (A) values ('x')"),
    ("create table t (id integer primary key, a text) strict", "insert into t (a) values ('x')"),
    ("create table t (id integer primary key not null, a text) strict", "insert into t (a) values ('x')"),
    ("create table t (id int primary key, a text) strict", "insert into t (a) values ('x')"),
    ("create table t (id text primary key, a text) strict", "insert into t (a) values ('x')"),
    ("create table t (id text primary key, a text)", "insert into t (a) values ('x')"),
    ("create table t (id integer primary key, a text) strict, without rowid", "insert into t (a) values ('x')"),
    ("create table t (id integer primary key, a text) without rowid", "insert into t (a) values ('x')"),
    ("create table t (id integer primary key desc, a text)", "insert into t (a) values ('x')"),
    ("create table t (a text, b text not null as (coalesce(a, ''))) strict", "insert into t (a) values ('x')"),
    ("create table t (a text, b text not null) strict", "insert into t values ('x', 'y')"),
    ("create table t (a text, b text not null) strict", "insert into t default values"),
    ("create table t (a text, b text not null default '') strict", "insert into t default values"),
    ("create table t (a text, b text not null) strict", "insert into t (a) select 'x'"),
    ("create table t (a text, b text not null) strict", "insert into main.t as u (a) values ('x')"),
    ("create table t (a text, b text not null) strict", "with c as (select 'x' as a) insert into t (a) select a from c"),
    ("create table t (a text, b text not null) strict", "insert or ignore into t (a) values ('x')"),
    ("create table t (a text, b text not null) strict", "insert or replace into t (a) values ('x')"),
    ("create table t (a text, b text not null) strict", "insert or fail into t (a) values ('x')"),
    ("create table t (a text, b text not null) strict", "replace into t (a) values ('x')"),
    ("create table t (a text, b text not null default '') strict", "replace into t (a) values ('x')"),
    ("create table t (a text, b text not null on conflict ignore) strict", "insert into t (a) values ('x')"),
    (
        "create table t (a text unique, b text not null) strict; insert into t values ('x', 'y')",
        "insert into t (a) values ('x') on conflict (a) do update set b = 'z'",
    ),
    (
        "create table t (a text unique, b text not null) strict; insert into t values ('x', 'y')",
        "insert into t (a) values ('x') on conflict do nothing",
    ),
    (
        "create table t (a text, b text not null) strict;
         create trigger before_t before insert on t begin select raise(ignore) where new.a = 'x'; end",
        "insert into t (a) values ('x')",
    ),
    (
        "create table t (a text, b text not null) strict;
         create trigger before_t before insert on t begin update t set b = 'y'; end",
        "insert into t (a) values ('x')",
    ),
    (
        "create table s (a text, b text not null) strict; create view t as select a, b from s;
         create trigger instead instead of insert on t begin insert into s values (new.a, coalesce(new.b, '')); end",
        "insert into t (a) values ('x')",
    ),
    ("create virtual table t using fts5 (a, b)", "insert into t (a) values ('x')"),
];

#[test]
fn what_is_refused_for_a_column_that_is_left_out_is_refused_at_every_run() {
    for (tables, insert) in CASES {
        let judged = schema(tables).check(insert);
        let connection = Connection::open_in_memory().expect("memory");
        connection.execute_batch(tables).expect(tables);
        let ran = connection.execute(insert, []);
        let fails = ran.as_ref().is_err_and(|error| error.to_string().contains("NOT NULL constraint failed"));
        assert_eq!(judged.is_err(), fails, "{tables}\n{insert}\n{judged:?}\n{ran:?}");
    }
}

#[test]
fn every_column_that_is_left_out_is_named_on_the_list_of_columns() {
    assert_eq!(
        refusal("insert into cards (body, parent_id) values (:body, 1)"),
        "the insert leaves out `board_id` and `title` of `cards`, which must not be null and have no default\n  \
         insert into cards (body, parent_id) values (:body, 1)\n  \
         \u{20}                 ^^^^^^^^^^^^^^^^^\n\
         help: add `board_id` and `title` to its columns and `:board_id` and `:title` to its values, or give them a \
         `default` in the table"
    );
    let defaults = refusal("insert into boards default values");
    assert!(
        defaults.starts_with(
            "the insert leaves out `name` of `boards`, which must not be null and has no default"
        )
    );
}
