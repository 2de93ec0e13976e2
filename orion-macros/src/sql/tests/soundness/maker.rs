//! Statements of every sort that the analysis knows, made up from numbers.

/// Makes statements from a row of numbers; when they run out, from zeros, which end every choice.
pub(super) struct Maker {
    numbers: std::vec::IntoIter<u8>,
    depth: usize,
    names: usize,
}

/// A source that expressions can name: its alias and its columns.
type Source = (String, Vec<&'static str>);

impl Maker {
    pub(super) fn new(numbers: Vec<u8>) -> Self {
        Self { numbers: numbers.into_iter(), depth: 0, names: 0 }
    }

    fn pick(&mut self, of: usize) -> usize {
        usize::from(self.numbers.next().unwrap_or(0)) % of
    }

    fn one(&mut self, of: &[&'static str]) -> &'static str {
        of[self.pick(of.len())]
    }

    pub(super) fn statement(&mut self) -> String {
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

    /// Operators and functions that mostly pass NULL on.
    fn operation(&mut self, sources: &[Source], aggregates: bool) -> String {
        let inner = |maker: &mut Self| maker.expression(sources, aggregates);
        match self.pick(8) {
            0 => format!("{} {}", self.one(&["not", "-", "+", "~"]), inner(self)),
            1 => format!("{} {}", inner(self), self.one(&["isnull", "notnull", "not null", "is null"])),
            2 => format!(
                "{} {} {} and {}",
                inner(self),
                self.one(&["between", "not between"]),
                inner(self),
                inner(self)
            ),
            3 => {
                format!("{} {} ({}, {})", inner(self), self.one(&["in", "not in"]), inner(self), inner(self))
            }
            // Not a column alone: where rows are grouped by it SQLite converts it to the kind that it is compared with, for
            // good, and gives back a text for an integer.
            4 => format!("{} || '' {} ({})", inner(self), self.one(&["in", "not in"]), self.select(1)),
            5 => format!(
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
            6 => format!(
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
            _ => format!("case {} when {} then {} end", inner(self), inner(self), inner(self)),
        }
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
            22..30 => self.operation(sources, aggregates),
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
