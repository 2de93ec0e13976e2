//! Parameters that stand for a list.

use super::{Kind, Parameter, board, check};
use crate::sql::with_lists;

fn only(sql: &str) -> Parameter {
    check(sql).parameters.remove(0)
}

#[test]
fn a_parameter_knows_where_it_stands_alone_in_a_list() {
    let sql = "select id from cards where id in (:ids) or parent_id not in ( :ids )";
    let parameter = only(sql);
    let places: Vec<&str> = parameter.listed.iter().map(|place| &sql[place.clone()]).collect();
    assert_eq!(
        (places.as_slice(), parameter.elsewhere, parameter.kind),
        (&[":ids"; 2][..], None, Some(Kind::Integer))
    );
}

#[test]
fn a_parameter_beside_others_or_outside_of_a_list_stands_elsewhere() {
    for sql in [
        "select id from cards where id in (:ids, 1)",
        "select id from cards where id = :ids",
        "select id from cards where id in (abs(:ids))",
    ] {
        let elsewhere = only(sql).elsewhere.expect("elsewhere");
        assert_eq!(&sql[elsewhere], ":ids", "{sql}");
    }
}

#[test]
fn the_statement_with_lists_is_one_that_sqlite_takes() {
    let sql = "select id from cards where (title in (:titles) or id not in (:ids)) and title in (:titles)";
    let parameters = check(sql).parameters;
    let places = parameters.iter().flat_map(|parameter| parameter.listed.clone()).collect();
    let lists = with_lists(sql, places);
    assert_eq!(
        lists,
        "select id from cards where (title in (select value from json_each(:titles)) \
         or id not in (select value from json_each(:ids))) and title in (select value from json_each(:titles))"
    );
    let names = board().check(&lists).expect("it is right").parameters;
    assert_eq!(names.iter().map(|parameter| parameter.name.as_str()).collect::<Vec<_>>(), ["titles", "ids"]);
}
