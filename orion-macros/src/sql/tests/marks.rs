//! Marks on the names of columns: what the author promises.

use super::{Nullable, check, refusal};

use Nullable::{Maybe, Never};

#[test]
fn a_mark_says_whether_a_column_may_be_null_and_is_no_part_of_its_name() {
    let checked =
        check("select max(at) as \"last!\", count(*) as [n?], 1 as 'one', what as `what!` from activity");
    let found: Vec<_> =
        checked.columns.iter().map(|column| (column.name.as_str(), column.nullable)).collect();
    assert_eq!(found, [("last", Never), ("n", Maybe), ("one", Never), ("what", Never)]);
    assert_eq!(
        checked.sql,
        "select max(at) as \"last\" , count(*) as [n] , 1 as 'one', what as `what`  from activity"
    );
}

#[test]
fn the_name_without_the_mark_can_be_used_in_the_statement() {
    let checked = check("select what, max(at) as \"last!\" from activity group by what order by last");
    assert_eq!(checked.columns[1].name, "last");
}

#[test]
fn what_is_returned_and_the_first_of_a_compound_can_be_marked() {
    let checked = check("update boards set note = 'x' returning note as \"note!\"");
    assert_eq!(checked.columns[0].nullable, Never);
    let checked = check("select note as \"note!\" from boards union select body from cards");
    assert_eq!(checked.columns[0].nullable, Never);
}

#[test]
fn the_kind_stays_what_it_was() {
    let checked = check("select body as \"body!\" from cards");
    assert_eq!(checked.columns[0].kind, Some(super::Kind::Text));
    assert!(checked.columns[0].stored);
}

#[test]
fn another_mark_is_none() {
    assert_eq!(
        refusal("select id as \"id*\" from cards"),
        "`\"id*\"` is no name of a column with a mark\n  select id as \"id*\" from cards\n               ^^^^^\n\
         help: `as \"name!\"` says that it is never null, `as \"name?\"` that it may be"
    );
    for name in ["id!?", "id: i64", "id!: i64", "!"] {
        let said = refusal(&format!("select id as \"{name}\" from cards"));
        assert!(said.starts_with(&format!("`\"{name}\"` is no name of a column with a mark\n")), "{said}");
    }
    assert_eq!(check("select count(*) as \"count(*)\" from cards").columns[0].name, "count(*)");
}

#[test]
fn a_mark_where_no_column_of_the_result_is_named_is_refused() {
    let message = "a mark on a name that is no column of the result\n";
    for sql in [
        "select x from (select max(id) as \"x!\" from cards)",
        "select id from cards union select id as \"id!\" from boards",
        "select \"c\".id from cards as \"c!\"",
    ] {
        let said = refusal(sql);
        assert!(said.starts_with(message) && said.contains("!\"") && said.contains("^^^^"), "{said}");
    }
}
