//! Which keys of which tables a commit announces: whatever changes a row, and however.

use orion::decl::{Keyed, Migration, Slice, Statement};
use orion::{Key, Result, Tx, Value};

use super::place::{NOTES, Place, insert};

static BOARDS: Slice = Slice::new("boards")
    .tables(&["boards", "cards", "log", "marks", "tags"])
    .keyed(&[
        Keyed::new("boards", "id"),
        Keyed::new("cards", "board_id"),
        Keyed::new("marks", "who"),
        Keyed::new("tags", "tag"),
    ])
    .migrations(&[Migration::new(
        "CREATE",
        "create table boards (id integer primary key, name text not null unique) strict;
         create table cards (
             id integer primary key,
             board_id integer references boards on delete cascade on update cascade,
             parent_id integer references cards on delete cascade,
             title text not null unique) strict;
         create table log (what text) strict;
         create table marks (who text not null, card integer not null, primary key (who, card)) strict, without rowid;
         create table tags (tag any, card integer references cards on delete set default) strict;
         create trigger first_card after insert on boards when new.name like 'with%' begin
             insert into cards (board_id, title) values (new.id, new.name);
         end;
         create trigger moved after update of title on cards begin
             update marks set who = new.title where who = old.title;
         end;
         insert into boards values (1, 'one'), (2, 'two'), (3, 'three');
         insert into cards values (10, 1, null, 'a'), (20, 2, null, 'b'), (21, 2, 20, 'c'), (30, 3, 10, 'd');
         insert into tags values ('x', 10), (1, 20), (2.5, 30), (null, 30), (x'00', 30);
         insert into marks values ('ada', 1), ('bob', 2), ('a', 3);",
    )]);

const TABLES: &[&str] = &["boards", "cards"];

fn place() -> Place {
    let place = Place::new();
    place.store.migrate(&[&NOTES, &BOARDS]).unwrap();
    place
}

/// What a write announces that runs this statement, which is said to write these tables.
fn announced(place: &Place, sql: &'static str, writes: &'static [&'static str]) -> Vec<String> {
    let statement = Statement::new(sql).writes(writes);
    commit(place, move |tx| tx.execute(&statement, &[]).map(|_| ()))
}

fn commit(place: &Place, write: impl FnOnce(&Tx) -> Result<()> + Send + 'static) -> Vec<String> {
    let commits = place.commits();
    place.write(write).unwrap();
    commits.try_iter().flatten().map(|topic| topic.to_string()).collect()
}

#[test]
fn an_insert_an_update_and_a_delete_touch_the_keys_of_their_rows() {
    let place = place();
    assert_eq!(
        announced(&place, "insert into cards (board_id, title) values (3, 'new')", TABLES),
        ["cards::=3"]
    );
    assert_eq!(
        announced(&place, "update cards set title = 'other' where title = 'new'", TABLES),
        ["cards::=3"]
    );
    assert_eq!(announced(&place, "delete from cards where title = 'other'", TABLES), ["cards::=3"]);
}

#[test]
fn a_row_that_moves_touches_the_key_that_it_leaves_and_the_one_that_it_comes_to() {
    let place = place();
    assert_eq!(
        announced(&place, "update cards set board_id = 3 where id = 10", TABLES),
        ["cards::=1", "cards::=3"]
    );
    assert_eq!(
        announced(&place, "update cards set board_id = null where id = 10", TABLES),
        ["cards::=3", "cards::=null"]
    );
}

#[test]
fn a_statement_that_changes_no_row_announces_nothing_of_watched_tables_and_all_of_others() {
    let place = place();
    assert!(announced(&place, "update cards set title = 'x' where id = 99", TABLES).is_empty());
    assert_eq!(announced(&place, "delete from log", &["log"]), ["log"]);
}

#[test]
fn a_rowid_that_is_made_up_is_told_as_it_became() {
    let place = place();
    assert_eq!(announced(&place, "insert into boards (name) values ('four')", TABLES), ["boards::=4"]);
}

#[test]
fn what_is_returned_makes_no_difference() {
    const INSERT: Statement =
        Statement::new("insert into cards (board_id, title) values (1, 'n') returning id").writes(&["cards"]);
    let place = place();
    assert_eq!(commit(&place, |tx| tx.one::<i64>(&INSERT, &[]).map(|_| ())), ["cards::=1"]);
}

#[test]
fn a_cascade_touches_the_keys_of_the_rows_that_go_with_it() {
    let place = place();
    // Card 10 goes with board 1, and with it its child, which is on board 3 and has tags of every kind.
    let blob = format!("tags::={}", Key::blob(&[0]));
    let text = format!("tags::={}", Key::text(b"x"));
    let expected =
        ["boards::=1", "cards::=1", "cards::=3", &blob, "tags::=null", "tags::=r4004000000000000", &text];
    assert_eq!(announced(&place, "delete from boards where id = 1", TABLES), expected);
    assert_eq!(
        announced(&place, "update boards set id = 9 where id = 2", TABLES),
        ["boards::=2", "boards::=9", "cards::=2", "cards::=9"]
    );
}

#[test]
fn a_cascade_into_a_table_that_the_statement_does_not_know_of_is_told_too() {
    let place = place();
    assert_eq!(
        announced(&place, "delete from boards where id = 2", &["boards"]),
        ["boards::=2", "cards::=2", "tags::=1"]
    );
}

#[test]
fn a_trigger_touches_the_keys_of_the_rows_that_it_changes() {
    let place = place();
    assert_eq!(
        announced(&place, "insert into boards values (7, 'with a card')", TABLES),
        ["boards::=7", "cards::=7"]
    );
    let names = ["a", "z"].map(|who| format!("marks::={}", Key::text(who.as_bytes())));
    let told = announced(&place, "update cards set title = 'z' where title = 'a'", &["cards", "marks"]);
    assert_eq!(told[0], "cards::=1");
    assert_eq!(told.iter().skip(1).collect::<std::collections::BTreeSet<_>>(), names.iter().collect());
}

#[test]
fn an_upsert_touches_the_row_that_was_there() {
    let place = place();
    let upsert = "insert into cards (board_id, title) values (3, 'a')
                  on conflict (title) do update set board_id = excluded.board_id";
    assert_eq!(announced(&place, upsert, TABLES), ["cards::=1", "cards::=3"]);
    let nothing = "insert into cards (board_id, title) values (2, 'a') on conflict do nothing";
    assert!(announced(&place, nothing, TABLES).is_empty());
}

#[test]
fn what_may_replace_rows_announces_the_whole_table() {
    let place = place();
    let replace = "insert or RePlace into cards (id, board_id, title) values (40, 3, 'b')";
    // What goes with the row that is replaced is seen.
    assert_eq!(announced(&place, replace, &["cards"]), ["cards", "tags::=1"]);
    assert_eq!(
        announced(&place, "replace into cards (board_id, title) values (3, 'b')", &["cards"]),
        ["cards"]
    );
    assert_eq!(
        announced(&place, "update or replace cards set title = 'a' where id = 30", &["cards"])[0],
        "cards"
    );
}

#[test]
fn a_table_that_is_emptied_touches_every_key_in_it() {
    let place = place();
    // Prepared before, and kept: also then SQLite may not empty the table without looking at its rows.
    for (expected, fill) in [(["marks"; 3], true), (["marks"; 3], false)] {
        let told = announced(&place, "delete from marks", &["marks"]);
        assert_eq!(told.len(), expected.len());
        assert!(told.iter().all(|topic| topic.starts_with("marks::=t")));
        if fill {
            announced(&place, "insert into marks values ('ada', 1), ('bob', 2), ('a', 3)", &["marks"]);
        }
    }
}

#[test]
fn a_table_that_was_emptied_before_it_was_watched_is_looked_at_from_then_on() {
    const EMPTY: Statement = Statement::new("delete from tags").writes(&["tags"]);
    let place = place();
    place.store.migrate(&[&NOTES]).unwrap();
    assert_eq!(commit(&place, |tx| tx.execute(&EMPTY, &[]).map(|_| ())), ["tags"]);
    place.store.migrate(&[&NOTES, &BOARDS]).unwrap();
    announced(&place, "insert into tags values (1, 20)", &["tags"]);
    assert_eq!(commit(&place, |tx| tx.execute(&EMPTY, &[]).map(|_| ())), ["tags::=1"]);
}

#[test]
fn a_table_without_rowid_is_watched() {
    let place = place();
    let key = |who: &str| format!("marks::={}", Key::text(who.as_bytes()));
    assert_eq!(announced(&place, "update marks set card = 9 where who = 'ada'", &["marks"]), [key("ada")]);
    let mut moved = [key("ada"), key("eve")];
    moved.sort();
    assert_eq!(announced(&place, "update marks set who = 'eve' where who = 'ada'", &["marks"]), moved);
    assert_eq!(
        announced(&place, "insert into marks select who || '!', 1 from marks where who = 'bob'", &["marks"]),
        [key("bob!")]
    );
}

#[test]
fn a_table_that_is_copied_as_a_whole_touches_the_keys_that_come() {
    const SECOND: Slice = Slice::new("second").tables(&["more"]).migrations(&[Migration::new(
        "CREATE",
        "create table more (tag any, card integer) strict; insert into more values (5, null), (6, null);",
    )]);
    static OWNER: Slice = SECOND.keyed(&[Keyed::new("tags", "tag")]);
    let place = place();
    place.store.migrate(&[&NOTES, &BOARDS, &OWNER]).unwrap();
    assert_eq!(announced(&place, "insert into tags select * from more", &["tags"]), ["tags::=5", "tags::=6"]);
}

#[test]
fn a_value_is_told_as_it_is_stored() {
    static MIXED: Slice = Slice::new("mixed")
        .tables(&["strict_", "loose"])
        .keyed(&[Keyed::new("strict_", "k"), Keyed::new("loose", "k")])
        .migrations(&[Migration::new(
            "CREATE",
            "create table strict_ (k integer, r real generated always as (k * 1.0), v integer) strict;
         create table loose (k integer, v);",
        )]);
    let place = Place::new();
    place.store.migrate(&[&NOTES, &MIXED]).unwrap();
    assert_eq!(announced(&place, "insert into strict_ (k) values ('7')", &["strict_"]), ["strict_::=7"]);
    assert_eq!(announced(&place, "update strict_ set k = 8.0", &["strict_"]), ["strict_::=7", "strict_::=8"]);
    assert_eq!(announced(&place, "insert into loose values ('7', 1)", &["loose"]), ["loose::=7"]);
    assert_eq!(announced(&place, "update loose set k = '8.0'", &["loose"]), ["loose::=7", "loose::=8"]);
    let words = Key::text(b"eight");
    assert_eq!(
        announced(&place, "update loose set k = 'eight'", &["loose"]),
        ["loose::=8".to_owned(), format!("loose::={words}")]
    );
}

#[test]
fn a_write_that_is_undone_announces_nothing_of_its_keys() {
    let place = place();
    let commits = place.commits();
    let held = place.hold();
    let statement = |board: i64| {
        move |tx: &Tx| {
            const MOVE: Statement =
                Statement::new("update cards set board_id = ? where id = 10").writes(&["cards"]);
            tx.execute(&MOVE, &[Value::Integer(board)])?.one_or(orion::NotFound)
        }
    };
    let kept = place.queue(statement(2));
    let undone = place.queue(move |tx| {
        statement(3)(tx)?;
        Err(orion::NotFound.into())
    });
    held.let_go();
    kept.recv().unwrap().unwrap();
    undone.recv().unwrap().unwrap_err();
    let told: Vec<_> = commits.try_iter().flatten().map(|topic| topic.to_string()).collect();
    assert_eq!(told, ["cards::=1", "cards::=2"]);
}

#[test]
fn a_statement_that_fails_half_way_and_is_gone_on_from_announces_the_whole_table() {
    const FAIL: Statement =
        Statement::new("insert or fail into cards (board_id, title) values (1, 'kept'), (2, 'a')")
            .writes(&["cards"]);
    let place = place();
    let told = commit(&place, |tx| {
        tx.execute(&FAIL, &[]).unwrap_err();
        Ok(())
    });
    assert_eq!(told, ["cards"]);
    assert_eq!(announced(&place, "delete from cards where title = 'kept'", TABLES), ["cards::=1"]);
}

#[test]
fn a_row_that_is_kept_back_by_its_trigger_is_told() {
    static IGNORES: Slice =
        Slice::new("boards").tables(&["t"]).keyed(&[Keyed::new("t", "k")]).migrations(&[Migration::new(
            "CREATE",
            "create table t (k integer, v integer) strict; insert into t values (1, 1), (2, 2);
             create trigger a_ignores after update on t begin select raise(ignore); end;
             create trigger z_ignores after update on t begin select raise(ignore); end;",
        )]);
    let place = Place::new();
    place.store.migrate(&[&NOTES, &IGNORES]).unwrap();
    assert_eq!(announced(&place, "update t set v = 3 where k = 2", &["t"]), ["t::=2"]);
    let kept = place.read(|db| db.one::<i64>(&Statement::new("select v from t where k = 2"), &[])).unwrap();
    assert_eq!(kept, 3, "SQLite keeps the row though the trigger says `ignore`");
}

#[test]
fn very_many_keys_are_announced_as_the_whole_table() {
    const MANY: Statement = Statement::new(
        "with recursive n (n) as (select 100 union all select n + 1 from n where n < ?)
         insert into boards (id, name) select n, 'b' || n from n",
    )
    .writes(&["boards"]);
    let place = place();
    let many = |last: i64| move |tx: &Tx| tx.execute(&MANY, &[Value::Integer(last)]).map(|_| ());
    assert_eq!(commit(&place, many(2_000)), ["boards"]);
    announced(&place, "delete from boards where id >= 100", &["boards"]);
    assert_eq!(commit(&place, many(599)).len(), 500);
}

#[test]
fn a_table_that_may_replace_rows_by_itself_is_announced_as_a_whole() {
    static REPLACES: Slice = Slice::new("boards")
        .tables(&["a", "b"])
        .keyed(&[
            Keyed::new("a", "k"),
            Keyed::new("b", "k"),
            Keyed::new("b", "gone"),
            Keyed::new("gone", "k"),
        ])
        .migrations(&[Migration::new(
            "CREATE",
            "create table a (k integer, v integer unique on conflict replace) strict;
             create table b (k integer) strict;",
        )]);
    let place = Place::new();
    place.store.migrate(&[&NOTES, &REPLACES]).unwrap();
    assert_eq!(announced(&place, "insert into a values (1, 1)", &["a"]), ["a"]);
    assert_eq!(announced(&place, "insert into b values (1)", &["b"]), ["b::=1"]);
}

#[test]
fn counts_and_rowids_are_those_of_the_statement_itself() {
    const DELETE: Statement = Statement::new("delete from boards where id = 2").writes(&["boards"]);
    const LAST: Statement = Statement::new("select last_insert_rowid()");
    let place = place();
    announced(&place, "insert into boards values (7, 'plain')", TABLES);
    let (changes, last) = place
        .write(|tx| {
            let changes = tx.execute(&DELETE, &[])?;
            let db: &orion::Db = tx;
            Ok((changes.0, db.one::<i64>(&LAST, &[])?))
        })
        .unwrap();
    assert_eq!((changes, last), (1, 7));
}

#[test]
fn tables_without_keys_are_announced_as_before() {
    let place = place();
    assert_eq!(commit(&place, |tx| insert(tx, "note")), ["notes"]);
}

#[test]
fn a_schema_that_another_program_changes_is_watched_all_the_same() {
    let place = place();
    announced(&place, "insert into cards (board_id, title) values (3, 'new')", TABLES);
    let other = rusqlite::Connection::open(place.path()).unwrap();
    other
        .execute_batch("create table theirs (x); create index i on cards (title, board_id); analyze")
        .unwrap();
    assert_eq!(announced(&place, "delete from cards where title = 'new'", TABLES), ["cards::=3"]);
}

#[test]
fn a_table_that_goes_with_a_migration_is_watched_no_more() {
    const FIRST: Migration =
        Migration::new("ONE", "create table a (k integer) strict; create table b (k integer) strict");
    const LATER: Migration = Migration::new(
        "TWO",
        "drop table a; alter table b rename column k to l; create table a (m integer) strict",
    );
    static BEFORE: Slice = Slice::new("x")
        .tables(&["a", "b"])
        .keyed(&[Keyed::new("a", "k"), Keyed::new("b", "k")])
        .migrations(&[FIRST]);
    static AFTER: Slice =
        Slice::new("x").tables(&["a", "b"]).keyed(&[Keyed::new("b", "l")]).migrations(&[FIRST, LATER]);
    let place = Place::new();
    place.store.migrate(&[&NOTES, &BEFORE]).unwrap();
    assert_eq!(announced(&place, "insert into a values (1)", &["a"]), ["a::=1"]);
    place.store.migrate(&[&NOTES, &AFTER]).unwrap();
    assert_eq!(announced(&place, "insert into a values (1)", &["a"]), ["a"]);
    assert_eq!(announced(&place, "insert into b values (2)", &["b"]), ["b::=2"]);
}
