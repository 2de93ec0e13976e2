//! What the checker says of a column must hold when the statement runs: thousands of made-up statements, each executed on
//! tables in several states.

mod maker;

use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::{Checked, Kind, Nullable, Schema};

use maker::Maker;

const TABLES: &str = "
    create table p (id integer primary key, a text not null, b text) strict;
    create table q (id integer primary key, p integer not null, c real, d integer not null) strict;
    create table r (k text primary key, v integer not null, a text) strict, without rowid;
    create view joined as select p.id, p.a, q.d, q.c from p left join q on q.p = p.id;
    create view either (id, a) as select id, a from p union all select id, null from q;
    create view counted as select count(*) as n, max(a) as top, a as bare from p;
    create view kept as select id, a from p where b is not null;
";

/// Contents of the tables: each of them empty once, joins with and without a match, NULL wherever a column allows it.
const CONTENTS: [&str; 5] = [
    "",
    "insert into p values (1, 'one', 'b'), (2, 'two', null)",
    "insert into q values (1, 1, 0.5, 7), (2, 9, null, 8), (3, 9, 9e999, 0), (4, 0, -9e999, 9223372036854775807);
     insert into p values (5, '', '')",
    "insert into r values ('k', 1, null), ('one', 2, 'one'); insert into p values (3, 'one', null)",
    "insert into p values (1, 'one', 'b'), (2, 'two', null), (4, 'one', 'x');
     insert into q values (1, 1, 0.5, 7), (2, 9, null, 8), (4, 4, 1.5, 0); insert into r values ('one', 2, 'x')",
];

/// Whether the statement runs, and every row of it is as the checker said.
fn holds(connection: &Connection, sql: &str, checked: &Checked) -> Result<bool, String> {
    connection.execute_batch("savepoint before").map_err(|error| error.to_string())?;
    let result = rows_hold(connection, sql, checked);
    connection.execute_batch("rollback to before; release before").map_err(|error| error.to_string())?;
    result
}

fn rows_hold(connection: &Connection, sql: &str, checked: &Checked) -> Result<bool, String> {
    let Ok(mut statement) = connection.prepare(sql) else { return Err("not prepared".to_owned()) };
    let mut rows = statement.raw_query();
    for _ in 0..500 {
        // An integer overflow, a constraint that a write breaks, or too many steps.
        let Ok(row) = rows.next() else { return Ok(false) };
        let Some(row) = row else { break };
        for (at, column) in checked.columns.iter().enumerate() {
            let found = match row.get_ref(at).map_err(|error| error.to_string())? {
                ValueRef::Null if column.nullable == Nullable::Never => {
                    return Err(format!("column {at} was never to be NULL"));
                }
                ValueRef::Null => continue,
                ValueRef::Integer(_) => Kind::Integer,
                ValueRef::Real(_) => Kind::Real,
                ValueRef::Text(_) => Kind::Text,
                ValueRef::Blob(_) => Kind::Blob,
            };
            if column.kind.is_some_and(|kind| kind != found) {
                return Err(format!("column {at} is {found:?}, not {:?}", column.kind));
            }
        }
    }
    Ok(true)
}

fn databases() -> Vec<Connection> {
    let mut databases = Vec::new();
    for contents in CONTENTS {
        let connection = Connection::open_in_memory().expect("a database in memory");
        connection.execute_batch(TABLES).expect("the tables are right");
        connection.execute_batch(contents).expect("the contents fit");
        // A statement that joins everything with everything is left after its first rows.
        let mut steps = 0;
        let enough = move || {
            steps = (steps + 1) % 200;
            steps == 0
        };
        connection.progress_handler(1000, Some(enough)).expect("it counts");
        databases.push(connection);
    }
    databases
}

fn never(checked: &Checked) -> usize {
    checked.columns.iter().filter(|column| column.nullable == Nullable::Never).count()
}

#[test]
fn what_is_said_of_a_column_holds_for_every_contents_of_the_tables() {
    let mut schema = Schema::new();
    schema.apply(TABLES).expect("the tables are right");
    let databases = databases();
    let cases = std::env::var("ORION_SQL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(4000);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(config, rng());
    let numbers = proptest::collection::vec(any::<u8>(), 10..120);
    let counts = std::cell::Cell::new((0usize, 0usize));
    runner
        .run(&numbers, |numbers| {
            let sql = Maker::new(numbers).statement();
            let Ok(checked) = schema.check(&sql) else { return Ok(()) };
            counts.set((counts.get().0 + 1, counts.get().1 + never(&checked)));
            for (i, database) in databases.iter().enumerate() {
                if let Err(why) = holds(database, &sql, &checked) {
                    return Err(TestCaseError::fail(format!("{why}, contents {i}: {sql}")));
                }
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    let (accepted, sure) = counts.get();
    // A maker whose statements are all refused, or a checker that is sure of nothing, would prove nothing.
    assert!(accepted > cases as usize / 4, "only {accepted} of {cases} statements were accepted");
    assert!(sure > accepted / 4, "only {sure} columns of {accepted} statements were said never to be NULL");
}

/// The same statements on every run.
pub(super) fn rng() -> proptest::test_runner::TestRng {
    proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha)
}
