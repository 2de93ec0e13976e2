//! Parameters: names, order, kind, nullability; and that NULL is refused where it is said to be.

use super::{BOARD, Kind, Parameter, board, check};

use Kind::{Integer, Real, Text};

fn parameters(sql: &str) -> Vec<Parameter> {
    check(sql).parameters
}

/// Kind and nullability of the one parameter.
fn only(sql: &str) -> (Option<Kind>, Option<bool>) {
    let parameters = parameters(sql);
    assert_eq!(parameters.len(), 1, "{parameters:?}");
    (parameters[0].kind, parameters[0].nullable)
}

fn kind(condition: &str) -> Option<Kind> {
    let (kind, nullable) = only(&format!("select c.id from cards c where {condition}"));
    assert_eq!(nullable, None);
    kind
}

#[test]
fn parameters_come_in_the_order_in_which_sqlite_numbers_them() {
    let names: Vec<String> =
        parameters("update cards set title = :title, body = :body where id = :id or title = :title")
            .into_iter()
            .map(|parameter| parameter.name)
            .collect();
    assert_eq!(names, ["title", "body", "id"]);
}

#[test]
fn parameters_in_strings_and_comments_are_none() {
    let sql =
        "select id from cards where title = ':a' -- :b\n and body = \"title\" /* :c */ and [body] = ':d'";
    assert!(parameters(sql).is_empty());
}

#[test]
fn an_inserted_value_has_its_columns_kind() {
    assert_eq!(only("insert into cards (board_id, title) values (1, :title)"), (Some(Text), Some(false)));
    assert_eq!(
        only("insert into cards (board_id, title, body) values (1, 'x', :body)"),
        (Some(Text), Some(true))
    );
    assert_eq!(
        only("insert into cards (board_id, title, weight) values (1, 'x', :weight)"),
        (Some(Real), Some(false))
    );
    assert_eq!(only("insert into boards values (1, 'x', :note)"), (Some(Text), Some(true)));
    assert_eq!(only("insert into activity (at, what) values (1, :what)"), (None, Some(false)));
    assert_eq!(only("insert into tags (name) values (:name)"), (Some(Text), Some(false)));
}

#[test]
fn an_integer_primary_key_may_be_null_when_it_is_inserted() {
    assert_eq!(only("insert into boards (id, name) values (:id, 'x')"), (Some(Integer), Some(true)));
    assert_eq!(only("update boards set id = :id"), (Some(Integer), Some(false)));
}

#[test]
fn each_of_several_rows_is_looked_at() {
    let found = parameters("insert into boards (name, note) values (:a, :b), ('x', :c), (:d, null)");
    let found: Vec<_> = found.iter().map(|parameter| parameter.nullable).collect();
    assert_eq!(found, [Some(false), Some(true), Some(true), Some(false)]);
}

#[test]
fn a_value_that_is_selected_into_a_column_has_its_kind() {
    let sql = "insert into cards (board_id, title) select id, :title from boards where name = :board";
    let found: Vec<_> =
        parameters(sql).iter().map(|parameter| (parameter.kind, parameter.nullable)).collect();
    assert_eq!(found, [(Some(Text), Some(false)), (Some(Text), None)]);
}

#[test]
fn an_upsert_is_an_update_too() {
    let sql = "insert into boards as b (id, name) values (:id, :name)
               on conflict (id) do update set name = excluded.name, note = :note where b.name <> :old and excluded.id > :n";
    let found: Vec<_> = parameters(sql).into_iter().map(|it| (it.name, it.kind, it.nullable)).collect();
    let named = |name: &str, kind, nullable| (name.to_owned(), Some(kind), nullable);
    assert_eq!(
        found,
        [
            named("id", Integer, Some(true)),
            named("name", Text, Some(false)),
            named("note", Text, Some(true)),
            named("old", Text, None),
            named("n", Integer, None),
        ]
    );
}

#[test]
fn an_assigned_value_has_its_columns_kind() {
    assert_eq!(only("update cards set title = :title"), (Some(Text), Some(false)));
    assert_eq!(only("update cards set body = :body where done"), (Some(Text), Some(true)));
    let pair = parameters("update cards set (title, body) = (:title, :body), weight = :weight");
    assert_eq!(pair.iter().map(|it| it.nullable).collect::<Vec<_>>(), [Some(false), Some(true), Some(false)]);
    assert_eq!(
        only("update cards as c set title = :title from boards where boards.id = c.board_id").0,
        Some(Text)
    );
}

#[test]
fn what_is_computed_with_is_not_known() {
    assert_eq!(only("insert into cards (board_id, title) values (1, upper(:title))"), (None, None));
    assert_eq!(only("update cards set weight = weight + :more"), (None, None));
    assert_eq!(only("select :x as x"), (None, None));
    for condition in [
        "c.id = :p + 1",
        "c.id + 1 = :p",
        "c.id || 'x' = :p",
        "length(title) = :p",
        ":p",
        "not :p",
        "c.title || :p = 'x'",
    ] {
        assert_eq!(kind(condition), None, "{condition}");
    }
}

#[test]
fn a_compared_value_has_the_columns_kind() {
    for operator in [
        "=",
        "==",
        "<",
        "<=",
        ">",
        ">=",
        "<>",
        "!=",
        "is",
        "is not",
        "is distinct from",
        "is not distinct from",
    ] {
        assert_eq!(kind(&format!("title {operator} :p")), Some(Text), "{operator}");
        assert_eq!(kind(&format!("1 = 2 or not c.id {operator} :p and done")), Some(Integer), "{operator}");
    }
    assert_eq!(kind(":p = c.weight"), Some(Real));
    assert_eq!(kind("(:p <= main.c.id)").or(Some(Integer)), Some(Integer));
    assert_eq!(kind("\"c\".[id] = :p collate nocase"), Some(Integer));
    assert_eq!(kind("rowid = :p"), Some(Integer));
}

#[test]
fn patterns_are_text() {
    for condition in [
        "title like :p",
        "title not like :p escape '!'",
        "id glob :p",
        ":p like title",
        "title || 'x' like :p",
    ] {
        assert_eq!(kind(condition), Some(Text), "{condition}");
    }
    assert_eq!(only("select rowid from search where search match :p").0, Some(Text));
}

#[test]
fn lists_and_ranges_are_compared_with_too() {
    assert_eq!(kind("c.id in (1, :p, 3)"), Some(Integer));
    assert_eq!(kind("title not in (:p)"), Some(Text));
    assert_eq!(kind("title between :p and 'z'"), Some(Text));
    assert_eq!(kind("weight not between 0 and :p"), Some(Real));
    assert_eq!(kind("id between 1 and title = :p"), None);
    assert_eq!(kind("abs(:p) in (1)"), None);
}

#[test]
fn the_column_is_that_of_the_innermost_select_that_has_it() {
    let schema = super::schema("create table a (x integer, y integer); create table b (x text, z text)");
    let kind = |sql: &str| schema.check(sql).expect(sql).parameters[0].kind;
    assert_eq!(kind("select 1 from a where exists (select 1 from b where x = :p)"), Some(Text));
    assert_eq!(kind("select 1 from a where exists (select 1 from b where y = :p)"), Some(Integer));
    assert_eq!(kind("select 1 from a where x in (select 1 from b) and x = :p"), Some(Integer));
    assert_eq!(kind("select 1 from (select z as x from b) where x = :p"), Some(Text));
    assert_eq!(kind("with a (x) as (select z from b) select 1 from a where x = :p"), Some(Text));
    assert_eq!(kind("select 1 from a, json_each(a.y) where value = :p"), None);
    assert_eq!(kind("delete from a where x = :p and exists (select 1 from b where b.x = 1)"), Some(Integer));
    assert_eq!(kind("select a.x from a left join b on b.z = :p"), Some(Text));
    assert_eq!(kind("select x, count(*) as n from a group by x having n > :p"), None);
}

#[test]
fn numbers_of_rows_are_integers() {
    let rows = (Some(Integer), Some(false));
    assert_eq!(only("select id from cards limit :n"), rows);
    assert_eq!(only("select id from cards limit 10 offset :n"), rows);
    assert_eq!(only("select id from cards limit 10, :n"), rows);
    assert_eq!(only("select id from cards limit :n + 1"), (None, None));
}

#[test]
fn a_parameter_used_twice_is_what_both_places_say() {
    assert_eq!(only("update cards set title = :x, body = :x"), (Some(Text), Some(false)));
    assert_eq!(only("update cards set title = :x where id = :x"), (None, Some(false)));
    assert_eq!(only("select id from cards where body = :x or :x is null"), (Some(Text), None));
}

#[test]
fn or_replace_puts_a_default_for_null() {
    let sql = "insert or replace into cards (board_id, title, weight) values (1, 'x', :weight)";
    assert_eq!(only(sql), (Some(Real), None));
    assert_eq!(only("replace into cards (board_id, title) values (1, :title)"), (Some(Text), Some(false)));
}

#[test]
fn where_null_is_said_to_be_refused_it_is_and_where_it_is_said_to_be_stored_it_is() {
    let statements = [
        "insert into boards (id, name, note) values (:a, :b, :c)",
        "insert into boards values (:a, :b, :c)",
        "insert into cards (board_id, title, body, weight) values (:a, :b, :c, :d)",
        "insert into tags values (:a, :b, :c)",
        "insert into activity values (:a, :b, :c)",
        "update boards set id = :a, name = :b, note = :c",
        "update tags set name = :a",
        "select id from boards limit :a",
        "insert or ignore into boards (id, note, name) values (:a, :b, 'x')",
    ];
    let connection = rusqlite::Connection::open_in_memory().expect("a database in memory");
    connection.execute_batch(BOARD).expect("the schema is right");
    connection
        .execute_batch("insert into boards values (1, 'x', 'y'); insert into tags values ('x', 'y', 1)")
        .expect("rows");
    for sql in statements {
        let checked = board().check(sql).expect(sql);
        for (null, parameter) in checked.parameters.iter().enumerate() {
            let transaction = connection.unchecked_transaction().expect("a transaction");
            let mut statement = transaction.prepare(sql).expect(sql);
            for (at, other) in checked.parameters.iter().enumerate().filter(|(at, _)| *at != null) {
                match other.kind {
                    Some(Text) => statement.raw_bind_parameter(at + 1, "other"),
                    Some(Real) => statement.raw_bind_parameter(at + 1, 1.5),
                    _ => statement.raw_bind_parameter(
                        at + 1,
                        1 + i64::from(sql.contains("boards (id") || sql.contains("boards values")),
                    ),
                }
                .expect("it is bound");
            }
            let mut rows = statement.raw_query();
            let ran = std::iter::from_fn(|| rows.next().map(|row| row.map(|_| ())).transpose())
                .collect::<Result<(), _>>();
            assert_eq!(parameter.nullable, Some(ran.is_ok()), "{sql}: {parameter:?}: {ran:?}");
        }
    }
}
