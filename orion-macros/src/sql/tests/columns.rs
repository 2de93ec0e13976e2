//! Result columns: name, kind, nullability.

use super::{Column, Kind, Nullable, board, check, schema};

use Kind::{Blob, Integer, Real, Text};
use Nullable::{Maybe, Never, Unknown};

fn columns(sql: &str) -> Vec<Column> {
    check(sql).columns
}

fn names(sql: &str) -> Vec<String> {
    columns(sql).into_iter().map(|column| column.name).collect()
}

fn nullable(sql: &str) -> Vec<Nullable> {
    columns(sql).into_iter().map(|column| column.nullable).collect()
}

fn kinds(sql: &str) -> Vec<Option<Kind>> {
    columns(sql).into_iter().map(|column| column.kind).collect()
}

#[test]
fn a_column_has_its_tables_name_or_the_one_that_it_is_given() {
    let sql = "select id, TITLE, c.body, done as \"is done\", weight w from cards c";
    assert_eq!(names(sql), ["id", "title", "body", "is done", "w"]);
    assert!(columns(sql).iter().all(|column| column.named));
}

#[test]
fn an_expression_has_its_own_text_and_is_not_named() {
    let columns = columns("select id, count(*), 'x', max(id) as top from cards");
    assert_eq!(columns[1].name, "count(*)");
    assert_eq!(columns.iter().map(|column| column.named).collect::<Vec<_>>(), [true, false, false, true]);
}

#[test]
fn each_column_says_where_it_is_written() {
    let sql = "select c.id, -- the key\n  count(*) as n from cards c";
    let places: Vec<&str> =
        columns(sql).iter().map(|column| &sql[column.at.clone().expect("a place")]).collect();
    assert_eq!(places, ["c.id", "count(*)"]);
    let star = "select * from tags";
    assert!(columns(star).iter().all(|column| &star[column.at.clone().expect("a place")] == "*"));
}

#[test]
fn a_statement_without_rows_has_no_columns() {
    assert!(columns("insert into boards (name) values (:name)").is_empty());
    assert!(columns("update boards set name = :name").is_empty());
    assert!(columns("delete from boards").is_empty());
}

#[test]
fn not_null_and_integer_primary_key_are_never_null() {
    assert_eq!(
        nullable("select id, board_id, parent_id, title, body from cards"),
        [Never, Never, Maybe, Never, Maybe]
    );
    assert_eq!(nullable("select * from boards"), [Never, Never, Maybe]);
    assert_eq!(nullable("select at, what, who from activity"), [Never, Never, Maybe]);
}

#[test]
fn a_primary_key_counts_as_far_as_sqlite_enforces_it() {
    let schema = schema(
        "create table loose (k text primary key, x);
         create table strict_ (k text primary key, x) strict;
         create table rowless (k text primary key, x integer) without rowid;
         create table descending (k integer primary key desc);
         create table int_ (k int primary key);
         create table two (a integer, b integer, primary key (a, b));"
            .replace("x) strict", "x any) strict")
            .as_str(),
    );
    let nullable = |table: &str| {
        schema.check(&format!("select * from {table}")).expect("it is right").columns[0].nullable
    };
    assert_eq!(nullable("strict_"), Never);
    assert_eq!(nullable("rowless"), Never);
    for table in ["loose", "descending", "int_", "two"] {
        assert_eq!(nullable(table), Maybe, "{table}");
    }
}

#[test]
fn kinds_follow_the_affinity_of_the_declared_type() {
    let schema = schema(
        "create table t (a integer, b tinyint, c varchar(10), d clob, e blob, f double precision, g float, h numeric,
                         i boolean, j datetime, k, l charint)",
    );
    let kinds: Vec<_> = schema
        .check("select * from t")
        .expect("it is right")
        .columns
        .into_iter()
        .map(|column| column.kind)
        .collect();
    let (integer, text, real) = (Some(Integer), Some(Text), Some(Real));
    assert_eq!(
        kinds,
        [integer, integer, text, text, Some(Blob), real, real, None, None, None, None, integer]
    );
    assert_eq!(self::kinds("select at, what from activity"), [integer, None]);
}

#[test]
fn generated_columns_are_columns() {
    let schema = schema(
        "create table t (a integer not null, b text not null as (a || 'x'), c integer as (a + 1) stored)",
    );
    let columns = schema.check("select * from t").expect("it is right").columns;
    assert_eq!(columns.iter().map(|column| column.nullable).collect::<Vec<_>>(), [Never, Never, Maybe]);
    assert_eq!(columns[1].kind, Some(Text));
}

#[test]
fn an_outer_join_makes_the_side_without_a_row_null() {
    let join = |join: &str| {
        nullable(&format!("select c.id, b.id as b from cards c {join} boards b on b.id = c.board_id"))
    };
    assert_eq!(join("join"), [Never, Never]);
    assert_eq!(join("left join"), [Never, Maybe]);
    assert_eq!(join("left outer join"), [Never, Maybe]);
    assert_eq!(join("right join"), [Maybe, Never]);
    assert_eq!(join("full join"), [Maybe, Maybe]);
    assert_eq!(nullable("select c.id, b.id as b from cards c natural left join boards b"), [Never, Maybe]);
}

#[test]
fn a_table_joined_with_itself_is_null_on_one_side_only() {
    let sql = "select c.title, p.title as parent from cards c left join cards p on p.id = c.parent_id";
    assert_eq!(nullable(sql), [Never, Maybe]);
}

#[test]
fn joins_in_parentheses_are_joined_as_one() {
    let sql = "select a.id, b.id as b, c.id as c from boards a left join (cards b join cards c on c.id = b.parent_id)
               on b.board_id = a.id";
    assert_eq!(nullable(sql), [Never, Maybe, Maybe]);
}

#[test]
fn the_names_of_joins_can_be_names_of_columns() {
    let schema = schema("create table t (\"left\" integer not null, \"right\" integer not null)");
    let sql =
        "select a.left, b.right from t a join t b on a.left = b.left left join t c on c.right = left.left"
            .replace(" = left.left", " = a.right");
    let columns = schema.check(&sql).expect("it is right").columns;
    assert_eq!(columns.iter().map(|column| column.nullable).collect::<Vec<_>>(), [Never, Never]);
}

#[test]
fn merged_columns_come_from_the_left() {
    assert_eq!(nullable("select id, title from cards join boards using (id)"), [Never, Never]);
    assert_eq!(nullable("select id, name from cards left join boards using (id)"), [Never, Maybe]);
    assert_eq!(nullable("select id from cards full join boards using (id)"), [Unknown]);
}

#[test]
fn aggregates_without_groups_have_a_row_without_a_row() {
    assert_eq!(nullable("select max(weight), title from cards"), [Maybe, Maybe]);
    assert_eq!(
        nullable("select count(*), total(id), sum(id), avg(weight), group_concat(title) from cards"),
        [Never, Never, Maybe, Maybe, Maybe]
    );
    assert_eq!(
        kinds("select count(*), total(id), sum(id), avg(weight), min(title) from cards"),
        [Some(Integer), Some(Real), Some(Integer), Some(Real), Some(Text)]
    );
}

#[test]
fn every_aggregate_of_sqlite_is_known_as_one() {
    let connection = rusqlite::Connection::open_in_memory().expect("a database in memory");
    let mut listed = connection
        .prepare("select distinct name from pragma_function_list where type in ('a', 'w') order by name")
        .expect("it is right");
    let names = listed.query_map([], |row| row.get(0)).expect("it runs");
    let names: Vec<String> = names.collect::<Result<_, _>>().expect("names");
    assert!(names.contains(&"count".to_owned()));
    for name in names.iter().filter(|name| !crate::sql::expression::AGGREGATES.contains(&name.as_str())) {
        // What is left needs a window.
        let calls = ["", "1", "1, 1", "1, 1, 1"]
            .map(|arguments| connection.prepare(&format!("select {name}({arguments})")));
        assert!(calls.iter().all(Result::is_err), "{name}");
    }
}

#[test]
fn groups_have_rows() {
    let sql = "select board_id, body, count(*) as n, max(title) as last, max(body) as b, max(title) filter (where done) as f
               from cards group by board_id having n > 1";
    assert_eq!(nullable(sql), [Never, Maybe, Never, Never, Maybe, Maybe]);
}

#[test]
fn window_functions_leave_the_rows_as_they_are() {
    let sql =
        "select id, row_number() over (order by id) as n, count(*) over w as c, lag(title) over w as before,
                      max(title) over w as m
               from cards window w as (partition by board_id order by id)";
    assert_eq!(nullable(sql), [Never, Never, Never, Maybe, Never]);
    assert_eq!(kinds(sql), [Some(Integer), Some(Integer), Some(Integer), Some(Text), Some(Text)]);
}

#[test]
fn a_subquery_has_no_row_perhaps() {
    let sql = "select (select name from boards b where b.id = c.board_id) as board,
                      (select count(*) from cards k where k.parent_id = c.id) as children,
                      (select count(*) from cards limit 0) as none,
                      coalesce((select max(id) from cards), 0) as last, c.id
               from cards c";
    assert_eq!(nullable(sql), [Maybe, Never, Maybe, Never, Never]);
    assert_eq!(kinds(sql)[..2], [Some(Text), Some(Integer)]);
}

#[test]
fn an_aggregate_of_an_outer_column_makes_nothing_sure() {
    let sql = "select b.name, (select count(b.id) from cards) as n from boards b";
    assert_eq!(nullable(sql), [Unknown, Unknown]);
    let own = "select b.name, (select count(c.id) from cards c where c.board_id = b.id) as n from boards b";
    assert_eq!(nullable(own), [Never, Never]);
}

#[test]
fn subqueries_and_common_table_expressions_pass_columns_through() {
    assert_eq!(
        nullable("select s.title, s.n from (select title, 1 as n, body from cards) as s"),
        [Never, Never]
    );
    let sql = "with x (a, b) as (select title, body from cards), y as (select a from x)
               select y.a, x.b, z.a as c from y, x left join y as z on true";
    assert_eq!(nullable(sql), [Never, Maybe, Maybe]);
    assert_eq!(kinds(sql), [Some(Text); 3]);
}

#[test]
fn a_common_table_expression_hides_the_table_of_its_name() {
    let sql = "with boards as (select null as id) select id from boards";
    assert_eq!(nullable(sql), [Maybe]);
    let forward = "with a as (select id from boards), boards as (select null as id) select id from a";
    assert_ne!(nullable(forward), [Never]);
}

#[test]
fn a_recursive_common_table_expression_is_what_its_arms_are() {
    let sql = "with recursive up (id, parent, depth) as (
                   select id, parent_id, 0 from cards where id = :id
                   union all select c.id, c.parent_id, depth + 1 from cards c join up on c.id = up.parent)
               select id, parent, depth from up";
    assert_eq!(nullable(sql), [Never, Maybe, Never]);
}

#[test]
fn a_recursion_is_looked_at_until_nothing_changes() {
    let counts =
        "with recursive n (i) as (select 1 union all select i + 1 from n where i < 9) select i from n";
    assert_eq!(nullable(counts), [Never]);
    // What the second column is only comes to the first one in the second step.
    let shifts = "with recursive n (a, b, c) as (select 1, 2, 3 union all select b, c, null from n) select a, b, c from n";
    assert_eq!(nullable(shifts), [Maybe, Maybe, Maybe]);
    assert_eq!(kinds(shifts), [None, None, None]);
    let walks = "with recursive down as (
                     select id, title, 0 as depth from cards where parent_id is null
                     union all select c.id, d.title || ' / ' || c.title, d.depth + 1 from cards c join down d on d.id = c.parent_id)
                 select * from down";
    assert_eq!(nullable(walks), [Never, Never, Never]);
    assert_eq!(kinds(walks)[..2], [Some(Integer), Some(Text)]);
}

#[test]
fn a_compound_is_null_where_one_of_its_arms_is() {
    assert_eq!(nullable("select id, title from cards union all select id, note from boards"), [Never, Maybe]);
    assert_eq!(nullable("select id from cards union select null"), [Maybe]);
    assert_eq!(kinds("select id from cards union select title from cards"), [None]);
    assert_eq!(nullable("values (1, null), (2, 'x')"), [Never, Maybe]);
}

#[test]
fn views_are_looked_into() {
    let columns = columns("select id, title, board, note from open_cards");
    let found: Vec<_> =
        columns.iter().map(|column| (column.name.as_str(), column.kind, column.nullable)).collect();
    assert_eq!(
        found,
        [
            ("id", Some(Integer), Never),
            ("title", Some(Text), Never),
            ("board", Some(Text), Maybe),
            ("note", Some(Text), Maybe)
        ]
    );
    assert_eq!(nullable("select key, label from everything"), [Never, Maybe]);
    assert_eq!(nullable("select v.title from boards b left join open_cards v on v.id = b.id"), [Maybe]);
}

#[test]
fn views_on_views_in_any_order_are_looked_into() {
    let mut schema = board();
    schema
        .apply("create view a as select * from open_cards; create view b as select id, board from a")
        .expect("right");
    let columns = schema.check("select * from b").expect("it is right").columns;
    assert_eq!(columns.iter().map(|column| column.nullable).collect::<Vec<_>>(), [Never, Maybe]);
}

#[test]
fn returning_gives_back_the_written_row() {
    assert_eq!(nullable("insert into boards (name) values (:name) returning id, note"), [Never, Maybe]);
    assert_eq!(nullable("update cards set body = :body where id = :id returning *").len(), 7);
    assert_eq!(
        nullable("delete from cards returning title, (select name from boards) as board"),
        [Never, Maybe]
    );
    let from =
        "update cards set body = b.note from boards b where b.id = board_id returning cards.id, cards.title";
    assert_eq!(nullable(from), [Never, Never]);
    assert_eq!(names("insert into boards (name) values ('x') returning id as key, name"), ["key", "name"]);
}

#[test]
fn returning_from_a_view_gives_back_what_no_constraint_has_seen() {
    let mut schema = board();
    schema
        .apply("create trigger t instead of insert on open_cards begin select 1; end")
        .expect("it is right");
    let checked =
        schema.check("insert into open_cards (id) values (:id) returning id, title").expect("it is right");
    assert!(checked.columns.iter().all(|column| column.nullable == Unknown && column.named));
}

#[test]
fn literals_and_a_few_functions_are_known() {
    let sql = "select 1 as a, -2.5 as b, 'x' as c, x'00' as d, null as e, true as f, current_timestamp as g,
                      exists (select 1 from cards) as h, not exists (select 1) as i, cast(title as integer) as j,
                      coalesce(body, title) as k, ifnull(body, :fallback) as l, max(id, 1) as m, title || 'x' as n
               from cards";
    assert_eq!(
        nullable(sql),
        [Never, Never, Never, Never, Maybe, Never, Never, Never, Never, Never, Never, Unknown, Never, Never]
    );
    assert_eq!(
        kinds(sql)[..11],
        [
            Some(Integer),
            Some(Real),
            Some(Text),
            Some(Blob),
            None,
            Some(Integer),
            Some(Text),
            Some(Integer),
            Some(Integer),
            Some(Integer),
            Some(Text)
        ]
    );
}

#[test]
fn rowids_are_never_null() {
    assert_eq!(nullable("select rowid from cards"), [Never]);
    assert_eq!(nullable("select rowid from search where search match 'x'"), [Never]);
    assert_eq!(nullable("select c.oid, a._rowid_ from cards c left join activity a on true"), [Never, Maybe]);
}

#[test]
fn table_valued_functions_and_virtual_tables_are_unknown() {
    assert_eq!(nullable("select c.id, j.value from cards c, json_each(c.body) as j"), [Never, Unknown]);
    let star =
        nullable("select 1 as one, *, title as t from (select title from cards), json_each(:json) as j");
    assert_eq!((star.first(), star.get(1), star.last()), (Some(&Never), Some(&Unknown), Some(&Never)));
    let search = columns(
        "select title, rank, snippet(search, 0, '', '', '', 8) as hit from search where search match 'x'",
    );
    assert!(search.iter().all(|column| column.nullable == Unknown && column.named));
}

#[test]
fn quoted_names_are_the_names_they_quote() {
    let schema =
        schema("create table \"the table\" (\"from\" text not null, [order] text, `a b` integer not null)");
    let sql =
        "select \"from\", t.[order], \"t\".\"a b\" as \"select\" from \"the table\" as t group by \"from\"";
    let columns = schema.check(sql).expect("it is right").columns;
    let found: Vec<_> = columns.iter().map(|column| (column.name.as_str(), column.nullable)).collect();
    assert_eq!(found, [("from", Never), ("order", Maybe), ("select", Never)]);
}

#[test]
fn is_distinct_from_starts_no_from() {
    assert_eq!(nullable("select body is distinct from title as changed, id from cards"), [Never, Never]);
    assert_eq!(
        nullable("select id, 1 is not distinct from 2 as x from cards where body is distinct from 'x'"),
        [Never, Never]
    );
}
