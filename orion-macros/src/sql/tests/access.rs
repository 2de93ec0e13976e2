//! Read and write sets.

use super::{board, check, schema};

fn reads(sql: &str) -> Vec<String> {
    check(sql).reads
}

fn writes(sql: &str) -> Vec<String> {
    check(sql).writes
}

#[test]
fn a_select_reads_what_it_names() {
    let checked = check("select id from cards");
    assert_eq!(checked.reads, ["cards"]);
    assert!(checked.writes.is_empty());
    assert!(checked.read_only);
}

#[test]
fn counting_rows_reads_the_table_though_no_column_is() {
    assert_eq!(reads("select count(*) from cards"), ["cards"]);
    assert_eq!(reads("select exists (select 1 from boards)"), ["boards"]);
}

#[test]
fn subqueries_joins_and_compounds_are_read() {
    assert_eq!(reads("select id from cards where board_id in (select id from boards)"), ["boards", "cards"]);
    assert_eq!(
        reads("select c.id from cards c left join boards b on b.id = c.board_id"),
        ["boards", "cards"]
    );
    assert_eq!(reads("select id from cards union select what from activity"), ["activity", "cards"]);
    assert_eq!(reads("select (select max(at) from activity) as last from boards"), ["activity", "boards"]);
}

#[test]
fn a_view_is_read_as_the_tables_behind_it() {
    assert_eq!(reads("select title from open_cards"), ["boards", "cards"]);
    assert_eq!(reads("select count(*) from everything"), ["boards", "cards"]);
}

#[test]
fn common_table_expressions_and_functions_are_no_tables() {
    assert_eq!(reads("with x as (select id from cards) select id from x"), ["cards"]);
    assert!(
        reads("with recursive n(i) as (select 1 union all select i + 1 from n) select i from n limit 5")
            .is_empty()
    );
    assert_eq!(reads("select j.value from cards, json_each(cards.body) as j"), ["cards"]);
}

#[test]
fn sqlites_own_tables_are_left_out() {
    assert!(reads("select name from sqlite_schema").is_empty());
    assert!(reads("select name from pragma_table_info('cards')").is_empty());
    let schema = schema("create table t (id integer primary key autoincrement, x)");
    assert_eq!(schema.check("insert into t (x) values (1)").expect("it is right").writes, ["t"]);
    assert_eq!(schema.tables(), ["t"]);
}

#[test]
fn an_insert_does_not_read_its_table() {
    let checked = check("insert into boards (name) values (:name)");
    assert!(checked.reads.is_empty());
    assert_eq!(checked.writes, ["boards"]);
    assert!(!checked.read_only);
}

#[test]
fn an_insert_reads_the_parents_that_its_foreign_keys_name() {
    assert!(reads("insert into cards (board_id, title) values (1, 'x')").contains(&"boards".to_owned()));
}

#[test]
fn an_insert_from_a_select_reads_what_it_selects() {
    let checked = check("insert into activity (at, what) select id, name from boards");
    assert_eq!((checked.reads, checked.writes), (vec!["boards".to_owned()], vec!["activity".to_owned()]));
}

#[test]
fn a_table_that_is_copied_whole_is_read() {
    // SQLite copies the pages then, and does not ask the authorizer.
    let schema =
        schema("create table a (id integer primary key, x); create table b (id integer primary key, x)");
    let checked = schema.check("insert into a select * from b").expect("it is right");
    assert_eq!((checked.reads, checked.writes), (vec!["b".to_owned()], vec!["a".to_owned()]));
}

#[test]
fn an_upsert_reads_what_it_compares() {
    let sql =
        "insert into boards (id, name) values (:id, :name) on conflict do update set name = excluded.name";
    assert_eq!(writes(sql), ["boards"]);
    assert_eq!(reads(&format!("{sql} where note is null")), ["boards"]);
}

#[test]
fn an_update_reads_the_columns_that_it_looks_at() {
    assert_eq!(reads("update boards set name = upper(name) where id = :id"), ["boards"]);
    assert_eq!(
        reads("update boards set note = c.title from cards c where c.board_id = boards.id"),
        ["boards", "cards"]
    );
    assert_eq!(
        writes("update boards set note = c.title from cards c where c.board_id = boards.id"),
        ["boards"]
    );
}

#[test]
fn a_delete_writes_what_it_cascades_to_and_what_the_triggers_there_write() {
    let checked = check("delete from boards where id = :id");
    assert_eq!(checked.writes, ["activity", "boards", "cards"]);
    assert_eq!(checked.reads, ["boards", "cards"]);
    assert_eq!(writes("delete from activity"), ["activity"]);
}

#[test]
fn replacing_a_row_cascades_as_deleting_it_does() {
    assert_eq!(
        writes("insert or replace into boards (id, name) values (1, 'x')"),
        ["activity", "boards", "cards"]
    );
}

#[test]
fn an_update_of_a_referenced_key_cascades() {
    let schema = schema(
        "create table parent (id integer primary key, code text unique);
         create table child (code text references parent (code) on update cascade);",
    );
    let checked = schema.check("update parent set code = :code where id = :id").expect("it is right");
    assert_eq!(checked.writes, ["child", "parent"]);
    assert_eq!(schema.check("update parent set id = :id").expect("it is right").writes, ["parent"]);
}

#[test]
fn writing_to_a_view_writes_what_its_trigger_writes() {
    let mut schema = board();
    let trigger = "create trigger rename instead of update of board on open_cards begin
                       update boards set name = new.board where id = new.id; end";
    schema.apply(trigger).expect("it is right");
    let checked = schema.check("update open_cards set board = :board where id = :id").expect("it is right");
    assert_eq!(checked.writes, ["boards"]);
    assert_eq!(checked.reads, ["boards", "cards"]);
}

#[test]
fn a_full_text_index_stands_for_the_tables_behind_it_and_reads_the_one_whose_text_it_shows() {
    let checked = check("select title from search where search match :q");
    assert_eq!(checked.reads, ["cards", "search"]);
    assert_eq!(writes("insert into search (rowid, title) values (:id, :title)"), ["search"]);
    let plain = schema("create virtual table s using fts5 (text); create table z (y)");
    assert_eq!(plain.check("select text from s where s match :q").expect("it is right").reads, ["s"]);
    assert_eq!(plain.tables(), ["s", "z"]);
}

#[test]
fn tables_keep_the_names_that_they_were_declared_with() {
    let schema = schema("create table \"Big Table\" (x); create table größe (x)");
    assert_eq!(schema.tables(), ["Big Table", "größe"]);
    let checked = schema.check("insert into \"BIG table\" (x) select x from größe").expect("it is right");
    assert_eq!((checked.reads, checked.writes), (vec!["größe".to_owned()], vec!["Big Table".to_owned()]));
}

#[test]
fn what_was_checked_before_leaves_no_trace() {
    let schema = board();
    assert!(schema.check("delete from boards").is_ok());
    assert!(schema.check("select nope from activity").is_err());
    let checked = schema.check("select key from everything").expect("it is right");
    assert_eq!((checked.reads.len(), checked.writes.len()), (2, 0));
}

#[test]
fn the_tables_are_those_that_are_left() {
    let mut schema = board();
    assert_eq!(schema.tables(), ["activity", "boards", "cards", "search", "tags"]);
    schema
        .apply("drop table tags; alter table activity rename to log; create table z (x)")
        .expect("it is right");
    assert_eq!(schema.tables(), ["boards", "cards", "log", "search", "z"]);
}

#[test]
fn what_is_returned_and_what_a_recursion_walks_is_read() {
    let recursive = "with recursive up (id, p) as (select id, parent_id from cards where id = :id
        union all select c.id, c.parent_id from cards c join up on c.id = up.p)
        update boards set note = (select max(id) from up) where id = :board
        returning name, (select count(*) from tags) as tags";
    assert_eq!(reads(recursive), ["boards", "cards", "tags"]);
    assert_eq!(writes(recursive), ["boards"]);
}

#[test]
fn a_window_and_a_list_read_nothing_more() {
    assert_eq!(
        reads("select sum(weight) over (partition by board_id) from cards where id in (:ids)"),
        ["cards"]
    );
    assert_eq!(reads("select id from cards where id in (select value from json_each(:ids))"), ["cards"]);
}
