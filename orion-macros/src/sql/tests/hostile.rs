//! No text makes the checker panic, and no error points outside of the text.

use std::cell::RefCell;

use proptest::prelude::*;

use super::super::tokens::Tokens;
use super::{BOARD, Schema, SqlError, board};

/// Statements to take apart and put together wrongly.
const STATEMENTS: [&str; 14] = [
    "select c.id, c.title as \"the title\", b.name from cards as c left join boards b on b.id = c.board_id where c.done = :done",
    "select count(*), max(position) over (partition by a order by b rows between 1 preceding and current row) from open_cards",
    "with recursive up(id, parent) as (select id, parent_id from cards union all select 1, 2 from up) select * from up, cards",
    "insert into cards (board_id, title) values (:board, :title), (1, 'x''y') on conflict (id) do update set title = excluded.title returning *",
    "update cards set (title, body) = (:title, :body), weight = 1.5e3 from boards where boards.id = board_id and title like :t",
    "delete from boards where id in (select board_id from cards where title is not distinct from ?1 or body is null)",
    "select key, value from cards, json_each(cards.body) as j where j.type between :low and :high limit :n offset 2, 3",
    "values (1, x'00ff', -2, null), (true, [a b], `c`, current_timestamp) union select 1, 2, 3, 4",
    "select coalesce((select count(*) from cards c where c.board_id = b.id), cast(b.note as integer)) collate nocase from boards b",
    "select rowid, highlight(search, 0, '<b>', '</b>') from search where search match :q order by rank",
    "create table if not exists t (a integer primary key, b text not null default 'x' references boards (id), check (b <> ''))",
    "create trigger g instead of update of a, b on everything when new.a is not 1 begin select 1; delete from t; end; drop table t",
    "create view v (a, b) as select id, title from cards where not done /* comment */ -- another\n order by 1",
    "alter table cards add column colour text not null default 'red'; create unique index i on cards (title collate nocase desc)",
];

fn is_placed(error: &SqlError, sql: &str) -> bool {
    error.render(sql).starts_with(&error.message)
        && error.at.as_ref().is_none_or(|at| sql.get(at.clone()).is_some())
        && !error.message.is_empty()
}

/// Checks and applies a text to the board; whatever it is, errors are about pieces of it.
fn survives(sql: &str) -> Result<(), TestCaseError> {
    thread_local!(static BOARD: RefCell<Schema> = RefCell::new(board()));
    BOARD.with_borrow_mut(|schema| survives_on(schema, sql))
}

fn survives_on(schema: &mut Schema, sql: &str) -> Result<(), TestCaseError> {
    if let Err(error) = schema.check(sql) {
        prop_assert!(is_placed(&error, sql), "{error:?} of {sql:?}");
    }
    match schema.apply(sql) {
        Err(error) => prop_assert!(is_placed(&error, sql), "{error:?} of {sql:?}"),
        // Each text is to meet the same board.
        Ok(()) => *schema = board(),
    }
    Ok(())
}

/// A few tokens of one statement, spliced into another.
fn spliced() -> impl Strategy<Value = String> {
    let statement = || (0..STATEMENTS.len(), any::<prop::sample::Index>(), any::<prop::sample::Index>());
    (statement(), statement()).prop_map(|((into, from, to), (of, start, end))| {
        let tokens = Tokens::of(STATEMENTS[into]);
        let other = Tokens::of(STATEMENTS[of]);
        let (from, to) = (from.index(tokens.len()), to.index(tokens.len()));
        let (start, end) = (start.index(other.len()), end.index(other.len()));
        let kept =
            (0..from).chain(to + 1..tokens.len()).filter_map(|at| tokens.get(at)).map(|token| token.text);
        let mut words: Vec<&str> = kept.collect();
        let piece: Vec<&str> =
            (start..=end.max(start)).filter_map(|at| other.get(at)).map(|token| token.text).collect();
        let place = from.min(words.len());
        words.splice(place..place, piece);
        words.join(" ")
    })
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn any_text_is_answered(sql in "\\PC*") {
        survives(&sql)?;
    }

    #[test]
    fn any_characters_of_sql_are_answered(sql in "[a-z(),;:?'\"`\\[\\]*.= \n\t/\\-@$#0-9\0é😀\u{feff}]{0,60}") {
        survives(&sql)?;
    }
}

proptest! {
    #![proptest_config(config(1000))]

    #[test]
    fn statements_put_together_wrongly_are_answered(sql in spliced()) {
        survives(&sql)?;
    }

    #[test]
    fn statements_cut_anywhere_are_answered(which in 0..STATEMENTS.len(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(STATEMENTS[which].len());
        if let (Some(start), Some(end)) = (STATEMENTS[which].get(..cut), STATEMENTS[which].get(cut..)) {
            survives(start)?;
            survives(end)?;
        }
    }
}

#[test]
fn nesting_beyond_reason_is_answered() {
    let deep = 3000;
    let nested = [
        format!("select {}1{}", "(".repeat(deep), ")".repeat(deep)),
        format!("select {}1{}", "(select ".repeat(deep), ")".repeat(deep)),
        format!("select * from {}cards{}", "(".repeat(deep), ")".repeat(deep)),
        format!("select * from {}cards{}", "(select * from ".repeat(deep), ")".repeat(deep)),
        format!("select {}id{} from cards", "coalesce(1, ".repeat(deep), ")".repeat(deep)),
        format!("select {}id from cards", "- ".repeat(deep)),
        format!("select {}1", "1 union all select ".repeat(deep)),
        format!("select {}1", "1, ".repeat(deep)),
        "(".repeat(deep),
        ")".repeat(deep),
        "with a as (".repeat(deep),
    ];
    for sql in nested {
        let mut schema = board();
        for error in [schema.check(&sql).err(), schema.apply(&sql).err()].into_iter().flatten() {
            assert!(is_placed(&error, &sql), "{error:?}");
        }
    }
}

#[test]
fn common_table_expressions_that_double_each_time_are_answered_at_once() {
    let mut with = "with a0 as (select id from cards)".to_owned();
    for i in 1..40 {
        with = format!("{with}, a{i} as (select x.id from a{j} x, a{j} y)", j = i - 1);
    }
    // SQLite gives up: so many references would be too many tables.
    assert!(board().check(&format!("{with} select id from a39")).is_err());
    assert!(board().check(&format!("{with} select 1 as one, id from a3")).is_ok());
}

#[test]
fn a_nul_character_hides_nothing() {
    let sql = "select id from boards\0 where nonsense";
    let error = board().check(sql).expect_err("SQLite would read half of it");
    assert_eq!(error.message, "a NUL character in SQL");
    assert_eq!(error.at, Some(21..22));
    assert_eq!(Schema::new().apply("create table a (b)\0; nonsense").expect_err("the same").at, Some(18..19));
}

#[test]
fn the_same_text_has_the_same_answer_every_time() {
    let answers = || {
        let schema = board();
        STATEMENTS.map(|sql| format!("{:?}", schema.check(sql)))
    };
    let first = answers();
    for _ in 0..3 {
        assert_eq!(answers(), first);
    }
    let mut again = board();
    assert!(again.apply(BOARD).is_err());
    assert_eq!(STATEMENTS.map(|sql| format!("{:?}", again.check(sql))), first);
}
