//! By which keys a statement reads tables that are watched by one.

mod property;

use super::{Affinity, BOARD, Schema, Unkeyable, schema};

/// The board, with the cards watched by their board, the boards by their id and the tags by their name.
fn keyed() -> Schema {
    let mut schema = schema(BOARD);
    for (table, column) in [("cards", "board_id"), ("boards", "id"), ("tags", "name")] {
        schema.key(table, column).expect("the column is there");
    }
    schema
}

/// `table=:parameter` for each.
fn keys(sql: &str) -> Vec<String> {
    let checked = keyed().check(sql).unwrap_or_else(|error| panic!("{}", error.render(sql)));
    let key = |by: &super::ByKey| format!("{}=:{}", by.table, checked.parameters[by.parameter].name);
    checked.by_key.iter().map(key).collect()
}

#[track_caller]
fn by(expected: &[&str], statements: &[&str]) {
    for sql in statements {
        assert_eq!(keys(sql), expected, "{sql}");
    }
}

#[test]
fn a_key_that_is_equal_to_a_parameter_restricts_what_is_read() {
    by(
        &["cards=:b"],
        &[
            "select id from cards where board_id = :b",
            "select id from cards where :b == board_id",
            "select id from main.Cards where BOARD_ID = :b",
            "select id from cards c where c.board_id = :b",
            "select id from cards as c where \"c\".[board_id] = :b",
            "select id from cards where main.cards.board_id = :b",
            "select id from cards where done and (title > :t and (board_id = :b)) order by id limit 1",
            "select id from cards where id between :x and :y and board_id = :b",
            "select id from cards where board_id = :b and (done or title = :t)",
            "select count(*) as cards from cards where board_id = :b group by done having count(*) > 1",
            "select sum(weight) over (order by id) from cards indexed by cards_by_board where board_id = :b",
            "select case when done and title then 1 else 2 end from cards where board_id = :b",
        ],
    );
}

#[test]
fn the_parameter_is_named_by_its_place() {
    by(&["cards=:b"], &["select id from cards where title = :t and id > :i and board_id = :b and :t <> ''"]);
    by(&["cards=:a"], &["select id from cards where board_id = :a and board_id = :b"]);
}

#[test]
fn what_does_not_have_to_hold_restricts_nothing() {
    by(
        &[],
        &[
            "select id from cards",
            "select id from cards where board_id = :b or done",
            "select id from cards where (board_id = :b and done) or 0",
            "select id from cards where not board_id = :b",
            "select id from cards where not (board_id = :b)",
            "select board_id = :b from cards",
            "select id from cards group by board_id having board_id = :b",
            "select id from cards order by board_id = :b",
            "select id from cards where title = 'x' and case when board_id = :b then 1 end",
            "select id from cards where id between 1 and board_id = :b",
            "select sum(1) filter (where board_id = :b) from cards",
        ],
    );
}

#[test]
fn what_is_more_than_equality_restricts_nothing() {
    by(
        &[],
        &[
            "select id from cards where board_id >= :b",
            "select id from cards where board_id is :b",
            "select id from cards where board_id in (:b)",
            "select id from cards where board_id in (:b, :c)",
            "select id from cards where board_id = :b + 1",
            "select id from cards where +board_id = :b",
            "select id from cards where board_id = :b collate nocase",
            "select id from cards where board_id = abs(:b)",
            "select id from cards where board_id = 7",
            "select id from cards where id = :b",
            "select id from cards where (board_id, id) = (:b, :c)",
            "select id from cards where board_id = :b = :c",
            "select name from boards where rowid = :b",
            "select id from cards where board_id like :b",
        ],
    );
}

#[test]
fn each_table_of_a_join_is_restricted_by_itself() {
    by(
        &["boards=:b", "cards=:b"],
        &[
            "select 1 from cards c join boards b on b.id = c.board_id where c.board_id = :b and b.id = :b",
            "select 1 from cards, boards where board_id = :b and boards.id = :b",
            "select 1 from boards b left join cards c on c.board_id = :b and c.done where b.id = :b",
            "select 1 from boards b join cards c on c.board_id = :b and b.id = :b left join tags on true",
            "select 1 from boards b left join cards c on c.id = b.id where b.id = :b and c.board_id = :b",
            "select 1 from boards b right join cards c on c.id = b.id where b.id = :b and c.board_id = :b",
            "select 1 from boards b full join cards c on c.id = b.id where b.id = :b and c.board_id = :b",
        ],
    );
    by(
        &["boards=:b"],
        &[
            "select 1 from cards c join boards b on b.id = c.id where b.id = :b",
            // The rows of the left table are there whatever the condition says.
            "select 1 from cards c left join boards b on b.id = :b and c.board_id = :b",
            "select 1 from boards b right join cards c on c.board_id = :b where b.id = :b",
            "select 1 from boards b full join cards c on c.board_id = :b where b.id = :b",
            "select 1 from boards b left join (cards c join tags) on c.board_id = :b or 1 where b.id = :b",
        ],
    );
    by(
        &[],
        &[
            "select 1 from cards c full join boards b on b.id = :b and c.board_id = :b",
            "select 1 from cards c left join boards b on b.id = c.id and c.board_id = :b",
        ],
    );
}

#[test]
fn a_key_may_be_equal_to_a_parameter_through_other_numbers() {
    by(
        &["boards=:b", "cards=:b"],
        &[
            "select 1 from boards b left join cards c on c.board_id = b.id where b.id = :b",
            "select 1 from boards b join cards c on b.id = c.board_id where b.id = :b",
            "select 1 from boards b, cards c where c.board_id = b.id and c.board_id = :b",
            "select 1 from activity a left join boards b on b.id = a.at left join cards c on c.board_id = b.id where a.at = :b",
        ],
    );
    by(
        &["boards=:b"],
        &[
            // A board that is not there has no cards; cards without a board are there.
            "select 1 from cards c left join boards b on c.board_id = b.id and b.id = :b",
            "select 1 from cards c join boards b on b.id = c.board_id + 0 where b.id = :b",
            "select 1 from boards b join cards c on c.board_id >= b.id where b.id = :b",
            "select 1 from boards b full join cards c on c.board_id = b.id where b.id = :b",
        ],
    );
    // Texts may be turned into numbers, and compared in their own way.
    by(
        &[],
        &["select 1 from cards c join tags t on t.name = c.board_id where c.title = :b and t.color = :b"],
    );
    by(&["cards=:b"], &["select 1 from tags t join cards c on t.name = c.board_id where c.board_id = :b"]);
    by(&["tags=:b"], &["select 1 from tags t join cards c on t.name = c.board_id where t.name = :b"]);
}

#[test]
fn each_place_that_names_a_table_is_restricted() {
    by(
        &["cards=:a", "cards=:b"],
        &[
            "select 1 from cards a join cards b on b.parent_id = a.id where a.board_id = :a and b.board_id = :b",
            "select id from cards where board_id = :a union all select id from cards where board_id = :b",
            "select (select max(id) from cards where board_id = :a) from cards where board_id = :b",
            "with mine as (select * from cards where board_id = :a) select 1 from mine, cards where cards.board_id = :b",
            "select 1 from cards where board_id = :a and id in (select parent_id from cards where board_id = :b)",
            "select 1 from (select id from cards where board_id = :a) x, cards y where y.board_id = :b",
        ],
    );
    by(
        &[],
        &[
            "select 1 from cards a join cards b on b.parent_id = a.id where a.board_id = :a",
            "select id from cards where board_id = :a union all select id from cards",
            "select 1 from cards where board_id = :a and exists (select 1 from cards)",
            "select 1 from cards where board_id = :a and exists (select 1 from cards c where cards.board_id = :a)",
            "select 1 from cards where board_id = :a and (id, 1, 2, 3, 4, 5, 6) in cards",
            "select 1 from (select * from cards limit 10) c where c.board_id = :a",
            "select 1 from (select * from cards) cards where board_id = :a",
            "with cards as (select * from main.cards) select 1 from cards where board_id = :a",
        ],
    );
}

#[test]
fn a_recursion_reads_by_key_where_each_step_does() {
    by(
        &["cards=:b"],
        &["with recursive up (id, p) as (select id, parent_id from cards where id = :id and board_id = :b
              union all select c.id, c.parent_id from cards c join up on c.id = up.p and c.board_id = :b)
           select id, p from up"],
    );
    by(
        &[],
        &["with recursive up (id, p) as (select id, parent_id from cards where id = :id and board_id = :b
              union all select c.id, c.parent_id from cards c join up on c.id = up.p) select id, p from up"],
    );
}

#[test]
fn what_is_read_through_a_view_or_an_index_of_words_is_read_as_a_whole() {
    by(
        &[],
        &[
            "select title from open_cards",
            "select 1 from open_cards, cards where cards.board_id = :b",
            "select 1 from search, cards where search match :q and cards.board_id = :b and cards.id = search.rowid",
        ],
    );
}

#[test]
fn a_name_of_which_it_is_not_sure_whose_it_is_restricts_nothing() {
    by(
        &[],
        &[
            "select 1 from cards join json_each(body) where board_id = :b",
            "select 1 from cards a natural join cards b where board_id = :b",
            "select 1 from cards a join cards b using (board_id) where board_id = :b",
        ],
    );
    by(&["cards=:b"], &["select 1 from cards join json_each(body) where cards.board_id = :b"]);
}

#[test]
fn what_writes_is_told_by_the_store() {
    by(
        &[],
        &[
            "update cards set done = 1 where board_id = :b",
            "insert into activity (at, what) select 1, title from cards where board_id = :b",
            "delete from cards where board_id = :b returning id",
        ],
    );
}

#[test]
fn the_affinity_is_that_of_the_column() {
    let affinity = |declared: &str, strict: &str| {
        let mut schema = schema(&format!("create table t (k {declared}, v int){strict}"));
        schema.key("t", "k").expect("it is a column");
        schema.check("select v from t where k = :k").expect("it is right").by_key[0].affinity
    };
    for (declared, expected) in [
        ("integer", Affinity::Numeric),
        ("real", Affinity::Numeric),
        ("text", Affinity::Text),
        ("blob", Affinity::None),
        ("any", Affinity::None),
    ] {
        assert_eq!(affinity(declared, " strict"), expected, "{declared}");
    }
    for (declared, expected) in [
        ("", Affinity::None),
        ("any", Affinity::Numeric),
        ("decimal(5)", Affinity::Numeric),
        ("varchar", Affinity::Text),
    ] {
        assert_eq!(affinity(declared, ""), expected, "{declared}");
    }
}

#[test]
fn only_a_column_of_a_table_is_a_key() {
    let mut schema = schema(BOARD);
    schema.apply("create table names (name text collate nocase, id int) strict").expect("it is right");
    assert_eq!(schema.key("CARDS", "Board_Id"), Ok(("cards".to_owned(), "board_id".to_owned())));
    assert_eq!(schema.key("card", "board_id"), Err(Unkeyable::NoTable));
    assert_eq!(schema.key("sqlite_schema", "name"), Err(Unkeyable::NoTable));
    assert_eq!(schema.key("search_data", "id"), Err(Unkeyable::NoTable));
    assert_eq!(schema.key("cards", "board"), Err(Unkeyable::NoColumn));
    assert_eq!(schema.key("open_cards", "id"), Err(Unkeyable::View));
    assert_eq!(schema.key("search", "title"), Err(Unkeyable::Virtual));
    assert_eq!(schema.key("names", "name"), Err(Unkeyable::Collated("nocase".to_owned())));
}
