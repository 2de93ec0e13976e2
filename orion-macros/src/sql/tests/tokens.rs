//! The tokenizer agrees with SQLite's about where tokens start and end.

use proptest::prelude::*;

use super::super::tokens::{Class, Tokens};

fn classes(sql: &str) -> Vec<(Class, &str)> {
    let tokens = Tokens::of(sql);
    tokens.all().filter_map(|at| tokens.get(at)).map(|token| (token.class, token.text)).collect()
}

fn only(sql: &str) -> Class {
    let tokens = classes(sql);
    assert_eq!(tokens.len(), 1, "{tokens:?}");
    assert_eq!(tokens[0].1, sql);
    tokens[0].0
}

#[test]
fn strings_names_and_numbers_are_told_apart() {
    assert_eq!(only("'it''s'"), Class::Text);
    assert_eq!(only("\"a \"\"b\"\"\""), Class::Quoted);
    assert_eq!(only("`a ``b`"), Class::Quoted);
    assert_eq!(only("[a ' b]"), Class::Quoted);
    assert_eq!(only("x'00fF'"), Class::Blob);
    assert_eq!(only("größe_1$"), Class::Word);
    for number in ["1", "1.", ".5", "1.5e-3", "0xFf", "1_000", "2E10"] {
        assert_eq!(only(number), Class::Number, "{number}");
    }
    for parameter in [":name", "@name", "$name", "?", "?12", ":größe"] {
        assert_eq!(only(parameter), Class::Parameter, "{parameter}");
    }
    for wrong in ["'open", "\"open", "[open", "x'0'", "x'0g'", "1a", "0x", ":", "#", "!"] {
        assert_eq!(only(wrong), Class::Illegal, "{wrong}");
    }
}

#[test]
fn comments_and_spaces_are_no_tokens() {
    let sql = "\u{feff}select -- ; ' :no\n/* ( */ 1 /* open";
    assert_eq!(classes(sql), [(Class::Word, "select"), (Class::Number, "1")]);
}

#[test]
fn symbols_are_as_long_as_they_can_be() {
    let symbols: Vec<&str> =
        classes("a->>b->c||d<>e!=f<=g>=h==i<<j>>k-1").into_iter().map(|(_, text)| text).collect();
    let sorted: Vec<&str> = symbols.into_iter().skip(1).step_by(2).collect();
    assert_eq!(sorted, ["->>", "->", "||", "<>", "!=", "<=", ">=", "==", "<<", ">>", "-"]);
}

#[test]
fn names_lose_their_quotes() {
    let names = |sql: &str| Tokens::of(sql).get(0).and_then(super::super::tokens::Token::name);
    assert_eq!(names("\"a\"\"b\"").as_deref(), Some("a\"b"));
    assert_eq!(names("[a]").as_deref(), Some("a"));
    assert_eq!(names("'it''s'").as_deref(), Some("it's"));
    assert_eq!(names("1"), None);
}

#[test]
fn parentheses_are_stepped_over() {
    let tokens = Tokens::of("a (b (c), d) e, (f");
    let top: Vec<&str> =
        tokens.top(tokens.all()).filter_map(|at| tokens.get(at)).map(|token| token.text).collect();
    assert_eq!(top, ["a", "(", "e", ",", "("]);
    assert_eq!(tokens.text(tokens.inside(1)), "b (c), d");
    assert_eq!(tokens.split(tokens.inside(1), ",").len(), 2);
    assert_eq!(tokens.text(tokens.inside(11)), "f");
    assert_eq!((tokens.around(4), tokens.around(0)), (Some(3), None));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn every_text_is_cut_into_pieces_of_itself_in_order(sql in "\\PC*|[a-z'\"`\\[\\]/*:.0x(),;\n \\-]*") {
        let tokens = Tokens::of(&sql);
        let mut end = 0;
        for at in 0..tokens.len() {
            let range = tokens.bytes(at..at + 1);
            prop_assert!(range.start >= end && !range.is_empty() && sql.get(range.clone()).is_some());
            prop_assert!(tokens.after(at) > at);
            end = range.end;
        }
    }

    /// A token that is legal here is one that SQLite does not trip over.
    #[test]
    fn what_sqlite_cannot_recognise_is_illegal(sql in "[a-z0-9.'\"x_:e#!]{1,12}") {
        let connection = rusqlite::Connection::open_in_memory().expect("a database in memory");
        let unrecognised = match connection.prepare(&sql) {
            Err(error) => error.to_string().contains("unrecognized token"),
            Ok(_) => false,
        };
        // SQLite stops at the first thing wrong, so only its complaints count.
        if unrecognised {
            prop_assert!(classes(&sql).iter().any(|(class, _)| *class == Class::Illegal), "{:?}", classes(&sql));
        }
    }
}
