//! What the checker says of a column must hold when the statement runs: thousands of made-up statements, each executed on
//! tables in several states.

use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::{Checked, Kind, Nullable, Schema};

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

/// Makes statements from a row of numbers; when they run out, from zeros, which end every choice.
struct Maker {
    numbers: std::vec::IntoIter<u8>,
    depth: usize,
    names: usize,
}

/// A source that expressions can name: its alias and its columns.
type Source = (String, Vec<&'static str>);

impl Maker {
    fn pick(&mut self, of: usize) -> usize {
        usize::from(self.numbers.next().unwrap_or(0)) % of
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.pick(of.len())]
    }

    fn statement(&mut self) -> String {
        match self.pick(15) {
            14 => {
                let (first, step) =
                    (self.select(2), self.list(&[("w".to_owned(), vec!["x", "y"])], false, 2));
                let step = step.replace(" as c0", "").replace(" as c1", "");
                format!(
                    "with recursive w(x, y) as ({first} union {} {step} from w) select x, y, x + 1 from w limit 20",
                    self.one(&["select", "select distinct", "all select"])
                )
            }
            // A table whose name a common table expression takes, before and after it is used.
            12 => {
                let (hiding, using, main) = (self.select(2), self.select(1), self.select(2));
                format!("with w(x) as ({using}), r(k, v) as ({hiding}) {main}")
            }
            13 => {
                let (hiding, main) = (self.select(2), self.select(2));
                format!(
                    "with q(id, d) as ({hiding}) select * from ({main}) as a, (select id as i from q) as b"
                )
            }
            10 => {
                let items = self.items(&[("p".to_owned(), vec!["id", "a", "b"])], false, 2);
                let write = self.one(&[
                    "insert into p (a, b) select a, a from p",
                    "insert into p (id, a) values (1, 'new') on conflict (id) do update set a = excluded.a, b = null",
                    "update p set b = null",
                    "update p set a = 'q' from q where q.p = p.id",
                    "update or ignore p set a = b",
                    "delete from p",
                    "insert or replace into p (id, a) values (null, 'x'), (2, 'y')",
                ]);
                format!("{write} returning {items}")
            }
            11 => {
                let columns = self.pick(2) + 1;
                let (first, second) = (self.select(columns), self.select(columns));
                let names = ["x", "x, y"][columns - 1];
                let main =
                    format!("select * from w left join z on {}", self.one(&["true", "false", "w.x = z.x"]));
                format!("with w({names}) as ({first}), z({names}) as ({second}) {main}")
            }
            _ => {
                let width = self.pick(3) + 1;
                self.select(width)
            }
        }
    }

    fn select(&mut self, width: usize) -> String {
        self.depth += 1;
        let mut select = self.arm(width);
        while self.depth < 4 && self.pick(6) == 5 {
            let operator = self.one(&["union", "union all", "except", "intersect"]);
            let arm = self.arm(width);
            select = format!("{select} {operator} {arm}");
        }
        if self.pick(5) == 4 {
            select.push_str(self.one(&[" limit 1", " limit 0", " limit 2 offset 1"]));
        }
        self.depth -= 1;
        select
    }

    fn arm(&mut self, width: usize) -> String {
        if self.pick(12) == 11 {
            let rows: Vec<String> =
                (0..=self.pick(2)).map(|_| format!("({})", self.list(&[], false, width))).collect();
            return format!("values {}", rows.join(", "));
        }
        let (from, sources) = self.from();
        let grouped = self.pick(4) == 3;
        let filter = self.one(&["", "", " where false", " where true"]);
        let group = if grouped { format!(" group by {}", self.column(&sources)) } else { String::new() };
        let having =
            if self.pick(4) == 3 { self.one(&[" having count(*) > 0", " having count(*) > 9"]) } else { "" };
        let distinct = self.one(&["", "", "", "distinct "]);
        let items = self.items(&sources, true, width);
        format!("select {distinct}{items} from {from}{filter}{group}{having}")
    }

    fn from(&mut self) -> (String, Vec<Source>) {
        let (mut from, source) = self.source();
        let mut sources = vec![source];
        while self.pick(3) == 2 && sources.len() < 4 {
            let join = self.one(&[
                "join",
                "left join",
                "right join",
                "full join",
                ",",
                "natural join",
                "left outer join",
                "cross join",
            ]);
            let (text, source) = self.source();
            from = format!("{from} {join} {text}");
            sources.push(source);
            if join.ends_with("join") && !join.starts_with("natural") {
                match self.pick(6) {
                    0 | 1 => from.push_str(" on true"),
                    2 => from.push_str(" on false"),
                    3 | 4 => from.push_str(" using (id)"),
                    _ => {
                        let (left, right) = (self.column(&sources), self.column(&sources));
                        from = format!("{from} on {left} = {right}");
                    }
                }
            }
        }
        (from, sources)
    }

    fn source(&mut self) -> (String, Source) {
        self.names += 1;
        let alias = format!("s{}", self.names);
        let table = |name: &str, columns: &[&'static str]| {
            (format!("{name} as {alias}"), (alias.clone(), columns.to_vec()))
        };
        match self.pick(11) {
            0 | 1 => table("p", &["id", "a", "b", "rowid"]),
            2 | 3 => table("q", &["id", "p", "c", "d"]),
            4 => table("r", &["k", "v", "a"]),
            5 => table("joined", &["id", "a", "d", "c"]),
            6 => table("either", &["id", "a"]),
            7 => table("counted", &["n", "top", "bare"]),
            8 => table("kept", &["id", "a"]),
            9 if self.depth < 3 => {
                let (from, sources) = self.from();
                (format!("({from})"), sources.into_iter().next().unwrap_or_default())
            }
            _ if self.depth < 3 => {
                let select = self.select(2);
                let names: Vec<&'static str> = vec!["u", "v"];
                let columns = format!("with t(u, v) as ({select}) select u, v from t");
                (format!("({columns}) as {alias}"), (alias, names))
            }
            _ => table("p", &["id", "a", "b"]),
        }
    }

    fn items(&mut self, sources: &[Source], aggregates: bool, width: usize) -> String {
        match self.pick(9) {
            8 if self.depth < 2 => "*".to_owned(),
            7 if self.depth < 2 && !sources.is_empty() => format!("{}.*", sources[0].0),
            _ => self.list(sources, aggregates, width),
        }
    }

    fn list(&mut self, sources: &[Source], aggregates: bool, width: usize) -> String {
        let items: Vec<String> = (0..width)
            .map(|i| {
                let item = self.expression(sources, aggregates);
                if sources.is_empty() { item } else { format!("{item} as c{i}") }
            })
            .collect();
        items.join(", ")
    }

    fn column(&mut self, sources: &[Source]) -> String {
        let Some((alias, columns)) = sources.get(self.pick(sources.len().max(1))) else {
            return "1".to_owned();
        };
        let column = columns[self.pick(columns.len())];
        if self.pick(3) == 2 { column.to_owned() } else { format!("{alias}.{column}") }
    }

    fn expression(&mut self, sources: &[Source], aggregates: bool) -> String {
        self.depth += 1;
        let deep = self.depth > 4;
        let inner = |maker: &mut Self| maker.expression(sources, aggregates);
        let expression = match self.pick(if deep { 9 } else { 30 }) {
            0..=6 => self.column(sources),
            7 => self.one(&["null", "1", "-2", "'x'", "x'00'", "1.5", "true", "current_date"]).to_owned(),
            8 => format!("({})", self.column(sources)),
            9 if aggregates => {
                self.one(&["count(*)", "count(distinct 1)", "total(1)", "row_number() over ()"]).to_owned()
            }
            10 if aggregates => {
                let function = self.one(&[
                    "max",
                    "min",
                    "sum",
                    "avg",
                    "count",
                    "group_concat",
                    "total",
                    "lag",
                    "lead",
                    "first_value",
                ]);
                let filter = self.one(&[
                    "",
                    "",
                    " filter (where false)",
                    " over ()",
                    " over (order by 1)",
                    " over (partition by 1)",
                    " over (rows between 1 following and 1 following)",
                ]);
                let column = self.column(sources);
                format!("{function}({column}){filter}")
            }
            11 => format!("coalesce({}, {})", inner(self), inner(self)),
            12 => format!("max({}, {})", inner(self), inner(self)),
            13 => format!(
                "cast({} as {})",
                inner(self),
                self.one(&["integer", "text", "real", "blob", "numeric"])
            ),
            14 => format!("exists (select 1 from p where {} = 1)", self.column(sources)),
            15 => format!(
                "{} {} {}",
                inner(self),
                self.one(&[
                    "=",
                    "+",
                    "||",
                    "is",
                    "is not",
                    "/",
                    "and",
                    "or",
                    "-",
                    "*",
                    "%",
                    "&",
                    "<<",
                    "<",
                    "<>",
                    "like",
                    "not like",
                    "glob",
                    "is distinct from",
                    "is not distinct from",
                    "->>"
                ]),
                inner(self)
            ),
            16 => format!("{} collate nocase", inner(self)),
            17 => format!("case when {} then {} else {} end", inner(self), inner(self), inner(self)),
            22 => format!("{} {}", self.one(&["not", "-", "+", "~"]), inner(self)),
            23 => format!("{} {}", inner(self), self.one(&["isnull", "notnull", "not null", "is null"])),
            24 => format!(
                "{} {} {} and {}",
                inner(self),
                self.one(&["between", "not between"]),
                inner(self),
                inner(self)
            ),
            25 => {
                format!("{} {} ({}, {})", inner(self), self.one(&["in", "not in"]), inner(self), inner(self))
            }
            26 => format!("{} {} ({})", inner(self), self.one(&["in", "not in"]), self.select(1)),
            27 => format!(
                "{}({})",
                self.one(&[
                    "length",
                    "lower",
                    "trim",
                    "hex",
                    "quote",
                    "abs",
                    "round",
                    "typeof",
                    "json_quote",
                    "date",
                    "unixepoch",
                    "date('now') || lower",
                    "substr('x', 1) || upper",
                    "concat",
                    "zeroblob",
                    "sign"
                ]),
                inner(self)
            ),
            28 => format!(
                "{}({}, {})",
                self.one(&[
                    "nullif",
                    "ifnull",
                    "iif",
                    "instr",
                    "substr",
                    "round",
                    "concat",
                    "replace('x', 'y', 'z') || min",
                    "max"
                ]),
                inner(self),
                inner(self)
            ),
            29 => format!("case {} when {} then {} end", inner(self), inner(self), inner(self)),
            18 => format!(
                "(select {} from p as z limit 1)",
                self.expression(&[("z".to_owned(), vec!["id", "a"])], true)
            ),
            21 if aggregates => format!(
                "(select count({}) from p as z{})",
                self.one(&["*", "z.id"]),
                self.one(&["", " having count(*) > 9"])
            ),
            19 => format!(
                "(select {} from p as z where z.id = {})",
                self.one(&["count(*)", "count(z.b)", "max(z.a)", "z.a"]),
                self.column(sources)
            ),
            // An aggregate of an outer column in a subquery: it belongs to the outer select.
            20 if aggregates => format!(
                "(select {}({}) from q as z)",
                self.one(&["count", "max", "total"]),
                self.column(sources)
            ),
            _ => {
                let select = self.select(1);
                format!("({select})")
            }
        };
        self.depth -= 1;
        expression
    }
}

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
            let sql = Maker { numbers: numbers.into_iter(), depth: 0, names: 0 }.statement();
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
fn rng() -> proptest::test_runner::TestRng {
    proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha)
}
