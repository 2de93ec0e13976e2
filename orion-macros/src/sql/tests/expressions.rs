//! Operators and functions: when what they make can be NULL.

use super::{Kind, Nullable, check};

use Nullable::{Maybe, Never, Unknown};

/// An expression over a card `c`: `c.body` and `c.parent_id` can be NULL, its other columns cannot.
fn of(expression: &str) -> (Option<Kind>, Nullable) {
    let checked = check(&format!("select {expression} as x from cards c"));
    (checked.columns[0].kind, checked.columns[0].nullable)
}

fn nullable(expression: &str) -> Nullable {
    of(expression).1
}

#[test]
fn an_operator_is_null_where_an_operand_is() {
    for operator in ["=", "<>", "<", "+", "*", "&", "<<", "like", "not like", "glob"] {
        assert_eq!(nullable(&format!("c.id {operator} c.done")), Never, "{operator}");
        assert_eq!(nullable(&format!("c.id {operator} c.parent_id")), Maybe, "{operator}");
        assert_eq!(nullable(&format!("c.id {operator} :other")), Unknown, "{operator}");
    }
    assert_eq!(of("c.title || '!'"), (Some(Kind::Text), Never));
    assert_eq!(of("c.title || c.body"), (Some(Kind::Text), Maybe));
    assert_eq!(of("not c.done"), (Some(Kind::Integer), Never));
    assert_eq!(of("c.title like '%' || c.title || '%' escape '!'"), (Some(Kind::Integer), Never));
    assert_eq!(nullable("c.id between 1 and c.parent_id"), Maybe);
    assert_eq!(nullable("c.id not between 1 and 9 and c.done"), Never);
}

#[test]
fn a_comparison_with_null_is_never_null() {
    for expression in
        ["c.body is null", "c.body is not null", "c.body notnull", "c.body is not distinct from :x"]
    {
        assert_eq!(of(expression), (Some(Kind::Integer), Never), "{expression}");
    }
}

#[test]
fn a_division_by_what_may_be_zero_may_be_null() {
    assert_eq!(nullable("c.id / 2"), Never);
    assert_eq!(nullable("c.id / c.done"), Maybe);
    assert_eq!(nullable("c.id % 0"), Maybe);
    // The integer in 0.5 is 0.
    assert_eq!(nullable("c.id % 0.5"), Maybe);
}

#[test]
fn infinities_have_no_difference() {
    assert_eq!(nullable("c.weight - c.weight"), Unknown);
    assert_eq!(nullable("c.weight * 0"), Unknown);
    assert_eq!(nullable("c.weight * 2"), Never);
    assert_eq!(nullable("c.weight + 1.5"), Never);
    assert_eq!(nullable("(c.id + c.done) * c.id - 1"), Never);
    let product = ["c.id"; 20].join(" * ");
    assert_eq!(nullable(&format!("{product} - {product}")), Unknown);
}

#[test]
fn a_case_is_one_of_its_results() {
    assert_eq!(of("case when c.done then 'done' else c.title end"), (Some(Kind::Text), Never));
    assert_eq!(of("case c.done when 1 then 'done' when 0 then 'open' end"), (Some(Kind::Text), Maybe));
    assert_eq!(
        nullable("case when c.done then case when c.id = 1 then c.body else 'x' end else 'y' end"),
        Maybe
    );
    assert_eq!(nullable("case when c.body is null then 1 else 2 end + 1"), Never);
}

#[test]
fn a_list_or_a_select_is_looked_into() {
    assert_eq!(nullable("c.id in (1, 2, c.done)"), Never);
    assert_eq!(nullable("c.id not in (1, c.parent_id)"), Maybe);
    assert_eq!(nullable("c.id in (select id from boards)"), Never);
    assert_eq!(nullable("c.title in (select note from boards)"), Maybe);
}

#[test]
fn functions_that_pass_null_on_make_none() {
    for expression in
        ["length(c.title)", "lower(c.title)", "round(c.weight)", "substr(c.title, 1, 3)", "abs(c.id)"]
    {
        assert_eq!(nullable(expression), Never, "{expression}");
        let other = expression
            .replace("c.title", "c.body")
            .replace("c.weight", "c.parent_id")
            .replace("c.id", "c.parent_id");
        assert_eq!(nullable(&other), Maybe, "{other}");
    }
    assert_eq!(of("unixepoch()"), (Some(Kind::Integer), Never));
    assert_eq!(of("date('now')"), (Some(Kind::Text), Never));
    assert_eq!(nullable("date(c.title)"), Unknown);
    assert_eq!(of("iif(c.done, c.title, c.body)"), (Some(Kind::Text), Maybe));
    assert_eq!(of("nullif(c.title, '')"), (Some(Kind::Text), Maybe));
}

#[test]
fn a_not_within_an_operand_takes_in_what_follows() {
    assert_eq!(nullable("c.body = not c.id is null"), Unknown);
    assert_ne!(nullable("c.id between not c.body isnull and c.body"), Never);
}
