//! Which column or table was meant, or what there is to choose from.

use super::Refused;
use crate::nearest::nearest;
use crate::spelling::list;
use crate::sql::sources;

impl Refused<'_> {
    /// The tables and views that the statement names, in its order, each with the names by which its columns are qualified.
    fn tables(&self) -> Vec<(String, Vec<String>)> {
        let mut tables: Vec<(String, Vec<String>)> = Vec::new();
        for at in self.statement.clone() {
            let Some(name) = self.tokens.name(at) else { continue };
            let created = at > 0 && self.tokens.is_any(at - 1, &["as", "view", "trigger"]);
            if created || self.tokens.is(at + 1, ".") || self.catalog.columns(&name).is_none() {
                continue;
            }
            let (alias, _) = sources::alias(self.tokens, at + 1..self.statement.end);
            let known = tables.iter().position(|(table, _)| table.eq_ignore_ascii_case(&name));
            let known = known.unwrap_or_else(|| {
                tables.push((name.clone(), vec![name]));
                tables.len() - 1
            });
            tables[known].1.extend(alias);
        }
        tables
    }

    fn columns(&self, table: &str) -> Vec<String> {
        self.catalog.columns(table).into_iter().flatten().map(|column| column.name).collect()
    }

    /// How to insert into some of a table's columns.
    pub(super) fn width_help(&self, table: &str) -> Option<String> {
        let columns = self.columns(table);
        let listed = format!("`insert into {table} ({}) …`", columns.join(", "));
        (!columns.is_empty()).then(|| format!("say which columns the values are for: {listed}"))
    }

    /// The column that was meant, or those that there are. `may_be_text`: the name is in double quotes.
    pub(super) fn column_help(&self, name: &str, may_be_text: bool) -> Option<String> {
        let (qualifier, column) = match name.rsplit_once('.') {
            Some((qualifier, column)) => (qualifier.rsplit('.').next(), column),
            None => (None, name),
        };
        let mut tables = self.tables();
        let mut derived = false;
        if let Some(qualifier) = qualifier {
            let is_named = |(_, aliases): &(String, Vec<String>)| {
                aliases.iter().any(|alias| alias.eq_ignore_ascii_case(qualifier))
            };
            if tables.iter().any(is_named) {
                tables.retain(is_named);
            } else if !tables.is_empty() && !self.introduces(qualifier) {
                let names: Vec<&str> = tables.iter().map(|(table, _)| table.as_str()).collect();
                return Some(format!("`{qualifier}` is none of its tables: it names {}", list(names)));
            } else {
                derived = true;
            }
        }
        let columns: Vec<String> = tables.iter().flat_map(|(table, _)| self.columns(table)).collect();
        if columns.iter().any(|known| known.eq_ignore_ascii_case(column)) {
            // It exists, but not here.
            return self.tokens.find(self.statement.clone(), "returning").map(|_| {
                "`returning` gives back columns of the table that is written, without an alias".to_owned()
            });
        }
        let given = if qualifier.is_none() || derived { self.given_names() } else { Vec::new() };
        if let Some(nearest) = nearest(column, columns.iter().chain(&given).map(String::as_str)) {
            return Some(format!("did you mean `{nearest}`?"));
        }
        if may_be_text {
            return Some(format!("a string is written in single quotes: `'{column}'`"));
        }
        if derived {
            return None;
        }
        let lists = tables.iter().map(|(table, _)| {
            let columns = self.columns(table);
            format!("`{table}` has {}", list(columns.iter().map(String::as_str)))
        });
        let lists: Vec<String> = lists.collect();
        (!lists.is_empty()).then(|| lists.join("; "))
    }

    /// Whether the statement gives something this name itself: a subquery's alias, a common table expression, a trigger's
    /// `new` and `old`.
    fn introduces(&self, name: &str) -> bool {
        ["new", "old", "excluded", "main"].iter().any(|known| name.eq_ignore_ascii_case(known))
            || self.statement.clone().any(|at| {
                let here = self.tokens.name(at).is_some_and(|here| here.eq_ignore_ascii_case(name));
                here && !self.tokens.is(at + 1, ".")
            })
    }

    /// The names that the statement gives with `as`.
    fn given_names(&self) -> Vec<String> {
        let places = self.statement.clone().filter(|at| self.tokens.is(*at, "as"));
        places.filter_map(|at| self.tokens.name(at + 1)).collect()
    }

    /// The table that was meant, or those that there are.
    pub(super) fn table_help(&self, name: &str) -> String {
        let name = name.rsplit('.').next().unwrap_or(name);
        let tables: Vec<&str> = self.catalog.tables().map(|table| table.name.as_str()).collect();
        let views: Vec<&str> = self.catalog.views().collect();
        let all = || tables.iter().chain(&views).copied();
        if self.written(name).is_none() {
            return format!(
                "a view or trigger of the slice refers to `{name}`, which no `#[migration]` of it creates"
            );
        }
        if let Some(nearest) = nearest(name, all()) {
            return format!("did you mean `{nearest}`?");
        }
        match list(all()) {
            known if known.is_empty() => {
                "create it in a `#[migration]`; the slice has no table yet".to_owned()
            }
            known => {
                format!("the slice has {known}; what another slice owns is read through that slice's queries")
            }
        }
    }

    /// The columns of this name that the statement can mean.
    pub(super) fn ambiguous_help(&self, name: &str) -> Option<String> {
        let tables = self.tables();
        let choices: Vec<String> = tables
            .iter()
            .filter(|(table, _)| self.columns(table).iter().any(|column| column.eq_ignore_ascii_case(name)))
            // A table under several names: each of them is one of the choices.
            .flat_map(|(_, aliases)| aliases.get(1..).filter(|others| !others.is_empty()).unwrap_or(aliases))
            .map(|alias| format!("{alias}.{name}"))
            .collect();
        (choices.len() > 1).then(|| format!("say which one: {}", list(choices.iter().map(String::as_str))))
    }
}
