//! A statement that is said to read a table by a key gives the same rows whatever becomes of rows with other keys.

use std::fmt::Write as _;

use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::soundness::rng;
use super::super::{Checked, Schema};

const TABLES: &str = "
    create table a (id integer primary key, k integer, x integer) strict;
    create table b (id integer primary key, k integer, x integer) strict;
    create table c (id integer primary key, x integer) strict;
    create view v as select id, k, x from a;
";

/// Makes statements out of numbers: joins of every kind, conditions of which some restrict a table, subqueries, views.
struct Maker {
    numbers: std::vec::IntoIter<u8>,
    depth: u32,
}

impl Maker {
    fn below(&mut self, most: u8) -> u8 {
        self.numbers.next().unwrap_or(0) % most
    }

    fn pick(&mut self, of: &[&'static str]) -> &'static str {
        let most = u8::try_from(of.len()).expect("few");
        of[usize::from(self.below(most))]
    }

    fn select(&mut self, outer: &[String]) -> String {
        self.depth += 1;
        let mut names: Vec<String> = Vec::new();
        let mut from = String::new();
        for at in 0..=self.below(3) {
            let name = format!("s{}{at}", self.depth);
            let join = if at == 0 {
                ""
            } else {
                self.pick(&[" join ", " left join ", ", ", " right join ", " full join ", " cross join "])
            };
            let source = match self.below(9) {
                0..4 => "a".to_owned(),
                4..6 => "b".to_owned(),
                6 => "c".to_owned(),
                7 => self.pick(&["v", "b"]).to_owned(),
                _ if self.depth < 3 => format!("({})", self.select(&[])),
                _ => "a".to_owned(),
            };
            names.push(name.clone());
            let _ = write!(from, "{join}{source} {name}");
            if !join.is_empty() && join != ", " && join != " cross join " {
                let _ = write!(from, " on {}", self.condition(&names));
            }
        }
        let visible: Vec<String> = outer.iter().cloned().chain(names.iter().cloned()).collect();
        let k = self.column(&names);
        let items = match self.below(4) {
            0 => format!("count(*) as id, max({k}) as k, min({k}) as x"),
            1 if self.depth < 3 => format!("{k} as id, ({}) as k, 1 as x", self.scalar(&visible)),
            _ => format!("{k} as id, {} as k, {} as x", self.column(&names), self.column(&names)),
        };
        let mut sql = format!("select {items} from {from}");
        if self.below(6) > 0 {
            let _ = write!(sql, " where {}", self.condition(&visible));
        }
        if self.depth == 1 && self.below(5) == 0 {
            let _ = write!(sql, " union all {}", self.select(&[]));
        }
        self.depth -= 1;
        sql
    }

    fn scalar(&mut self, outer: &[String]) -> String {
        let inner = self.select(outer);
        format!("select count(*) from ({inner}) counted")
    }

    fn column(&mut self, names: &[String]) -> String {
        let most = u8::try_from(names.len()).expect("few");
        let name = names[usize::from(self.below(most))].clone();
        format!("{name}.{}", self.pick(&["x", "id", "x"]))
    }

    fn condition(&mut self, names: &[String]) -> String {
        let most = u8::try_from(names.len()).expect("few");
        let mut conditions = Vec::new();
        // Most sources are restricted, so that something is found.
        for name in names {
            if self.below(4) > 0 && !name.is_empty() {
                let parameter = self.pick(&[":p", ":q"]);
                let other = &names[usize::from(self.below(most))];
                conditions.push(match self.below(12) {
                    8 | 9 => format!("{name}.k = {other}.k"),
                    10 => format!("{other}.x = {name}.k"),
                    11 => format!("{name}.x = {parameter}"),
                    0 => format!("{parameter} = {name}.k"),
                    1 => format!("({name}.k = {parameter})"),
                    2 => format!("{name}.k in ({parameter})"),
                    _ => format!("{name}.k = {parameter}"),
                });
            }
        }
        if self.below(3) == 0 {
            let name = &names[usize::from(self.below(most))].clone();
            conditions.push(match self.below(6) {
                0 => format!("{name}.x between 1 and {name}.id"),
                1 => format!("not {name}.x = 2"),
                2 if self.depth < 3 => format!("exists ({})", self.select(names)),
                3 if self.depth < 3 => format!("{name}.x in ({})", self.scalar(names)),
                4 => format!("case when {name}.x = 1 and {name}.k = :p then 0 else 1 end"),
                _ => format!("{name}.x >= {}.id", names[0]),
            });
        }
        if conditions.is_empty() {
            return "1".to_owned();
        }
        let joined = conditions.join(" and ");
        match self.below(12) {
            0 => format!("{joined} or {}.x = 1", names[0]),
            1 => conditions.join(" or "),
            2 => format!("not ({joined})"),
            _ => joined,
        }
    }
}

/// The rows, in an order of their own.
fn rows(connection: &Connection, sql: &str, checked: &Checked, values: [i64; 2]) -> Option<Vec<String>> {
    let mut statement = connection.prepare(sql).ok()?;
    for (at, parameter) in checked.parameters.iter().enumerate() {
        statement.raw_bind_parameter(at + 1, value_of(&parameter.name, values)).ok()?;
    }
    let width = statement.column_count();
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Ok(Some(row)) = rows.next() {
        let cells: Option<Vec<Value>> = (0..width).map(|at| row.get(at).ok()).collect();
        found.push(format!("{cells:?}"));
        if found.len() > 20_000 {
            return None;
        }
    }
    found.sort();
    Some(found)
}

fn value_of(parameter: &str, [p, q]: [i64; 2]) -> i64 {
    if parameter == "p" { p } else { q }
}

/// Changes rows whose keys are none of these.
fn change_others(connection: &Connection, table: &str, keys: &[i64]) {
    let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let others = format!("(k is null or k not in ({}))", keys.join(", "));
    let free = (0..9).find(|key| !keys.contains(&key.to_string())).expect("few keys are used");
    connection
        .execute_batch(&format!(
            "delete from {table} where {others} and id % 2;
             update {table} set x = x + 1, k = {free} where {others};
             insert into {table} (k, x) values ({free}, 1), ({free}, 2), (null, 3), (8, 4);"
        ))
        .expect("the statements are right");
}

#[test]
fn rows_of_other_keys_make_no_difference() {
    let mut schema = Schema::new();
    schema.apply(TABLES).expect("the tables are right");
    for table in ["a", "b"] {
        schema.key(table, "k").expect("it is a column");
    }
    let cases = std::env::var("ORION_SQL_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(3000);
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
    let mut runner = proptest::test_runner::TestRunner::new_with_rng(config, rng());
    let inputs = (proptest::collection::vec(any::<u8>(), 20..160), 0..4_i64, 0..4_i64);
    let (accepted, keyed) = (std::cell::Cell::new(0_u32), std::cell::Cell::new(0_u32));
    runner
        .run(&inputs, |(numbers, p, q)| {
            let sql = Maker { numbers: numbers.into_iter(), depth: 0 }.select(&[]);
            let Ok(checked) = schema.check(&sql) else { return Ok(()) };
            accepted.set(accepted.get() + 1);
            if checked.by_key.is_empty() {
                return Ok(());
            }
            let connection = Connection::open_in_memory().expect("a database in memory");
            connection.execute_batch(TABLES).expect("the tables are right");
            connection
                .execute_batch(
                    "insert into a (k, x) values (0, 1), (0, 2), (1, 1), (2, 3), (3, null), (null, 2), (1, 4);
                     insert into b (k, x) values (0, 2), (1, 1), (1, 3), (2, null), (null, 1);
                     insert into c (x) values (1), (2), (3);",
                )
                .expect("the rows fit");
            let Some(before) = rows(&connection, &sql, &checked, [p, q]) else { return Ok(()) };
            for table in ["a", "b"] {
                let by = checked.by_key.iter().filter(|by| by.table == table);
                let keys: Vec<i64> =
                    by.map(|by| value_of(&checked.parameters[by.parameter].name, [p, q])).collect();
                if !keys.is_empty() {
                    keyed.set(keyed.get() + 1);
                    change_others(&connection, table, &keys);
                    let after = rows(&connection, &sql, &checked, [p, q]);
                    if after.as_ref() != Some(&before) {
                        return Err(TestCaseError::fail(format!("{table} by {keys:?}: {sql}")));
                    }
                }
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
    // A maker whose statements are refused or restrict nothing would prove nothing.
    let (accepted, keyed) = (accepted.get(), keyed.get());
    assert!(accepted > cases / 2, "only {accepted} of {cases} statements were accepted");
    assert!(keyed > cases / 8, "only {keyed} tables of {accepted} statements were read by key");
}
