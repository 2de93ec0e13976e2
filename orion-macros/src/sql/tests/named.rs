//! What a text does to the tables that it names.

use super::super::named::{Use, steps, use_of};

/// What is there after the text, each name with the text at its place.
fn there(sql: &str) -> Vec<(String, &str)> {
    let mut there: Vec<(String, &str)> = Vec::new();
    for step in steps(sql) {
        there.retain(|(name, _)| !step.is_about(name));
        if let Some(place) = step.made {
            there.push((step.name, &sql[place]));
        }
    }
    there
}

#[test]
fn a_created_table_is_there_however_it_is_written() {
    for (sql, name, written) in [
        ("create table people (id integer)", "people", "people"),
        ("CREATE TABLE IF NOT EXISTS People (id integer)", "People", "People"),
        ("create table main.people (id integer)", "people", "people"),
        ("create table \"my people\" (id integer)", "my people", "\"my people\""),
        ("create virtual table people using fts5 (name)", "people", "people"),
        ("-- people\ncreate /* the */ table people (id integer)", "people", "people"),
        ("create view people as select 1 as id", "people", "people"),
        ("create table people as select 1 as id", "people", "people"),
    ] {
        assert_eq!(there(sql), [(name.to_owned(), written)], "{sql}");
    }
}

#[test]
fn what_only_names_a_table_does_not_create_it() {
    for sql in [
        "drop table if exists people",
        "create index if not exists people on others (name)",
        "create index people_by_name on people (name)",
        "create trigger t after insert on people begin delete from people; end",
        "alter table people add column age integer",
        "alter table people rename column name to title",
        "insert into people select 'create table people'",
        "-- create table people (id integer)",
    ] {
        assert_eq!(there(sql), [], "{sql}");
    }
}

#[test]
fn a_table_that_was_dropped_is_not_there() {
    assert_eq!(there("create table people (id integer); drop table main.PEOPLE"), []);
}

#[test]
fn a_renamed_table_is_the_one_that_was_created() {
    let sql = "create table fresh (id integer); drop table people; alter table fresh rename to people";
    assert_eq!(there(sql), [("people".to_owned(), "fresh")]);
    let sql = "alter table persons rename to people";
    assert_eq!(there(sql), [("people".to_owned(), "people")]);
}

#[test]
fn a_statement_writes_its_target_and_no_other_table() {
    for sql in [
        "insert into people (name) values (:name)",
        "insert or ignore into main.people default values",
        "replace into People (id) values (1)",
        "update people set name = :name",
        "update or replace people set name = :name",
        "delete from \"people\" where id = :id",
        "with old as (select id from mine) delete from people where id in (select id from old)",
        "insert into people select * from people",
    ] {
        assert_eq!(use_of(sql, "people"), Some(Use::Writes), "{sql}");
    }
    for sql in [
        "insert into mine select name from people",
        "update mine set name = (select name from people)",
        "delete from mine where id in (select id from PEOPLE)",
        "with old as (select id from people) delete from mine where id in (select id from old)",
        "select replace(name, 'update', 'delete') from people",
        "select 1 from mine, people",
        "select 1 from mine as m left join people on m.id = people.id",
        "select 1 from mine join others on others.id = mine.id, main.people",
        "select 1 where exists (select 1 from mine, [people])",
    ] {
        assert_eq!(use_of(sql, "people"), Some(Use::Reads), "{sql}");
    }
}

#[test]
fn a_column_a_string_and_a_parameter_are_no_table() {
    for sql in [
        "select people from mine",
        "select id, people from mine",
        "select 'people' from mine where people = :people",
        "insert into mine (people) values (:people)",
        "update mine set id = 1, people = 2",
        "select id from mine order by id, people -- from people",
    ] {
        assert_eq!(use_of(sql, "people"), None, "{sql}");
    }
}
