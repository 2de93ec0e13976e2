//! From SQLite's sentence to an error with a place and a way out.

use std::ops::Range;

use super::catalog::Catalog;
use super::error::SqlError;
use super::sources;
use super::tokens::{Class, Token, Tokens};
use crate::nearest::nearest;
use crate::spelling::list;

/// A statement that SQLite has refused.
pub(super) struct Refused<'a> {
    pub(super) tokens: &'a Tokens<'a>,
    /// The tokens of the statement.
    pub(super) statement: Range<usize>,
    pub(super) catalog: &'a Catalog,
    /// The names of SQLite's functions.
    pub(super) functions: &'a [String],
}

impl Refused<'_> {
    /// The error for what SQLite said, about the piece at a byte of the whole text if it named one.
    pub(super) fn error(&self, message: &str, byte: Option<usize>) -> SqlError {
        let at = byte.and_then(|byte| self.tokens.at_byte(byte)).filter(|at| self.statement.contains(at));
        let at = at.map(|at| at..self.end_of_name(at)).or_else(|| self.mentioned(message));
        let mut error = SqlError::new(sentence(message));
        error.at = at.clone().map(|at| self.tokens.bytes(at));
        self.explain(message, at, &mut error);
        error
    }

    /// Adds the way out, and moves the error to a smaller piece where that is known.
    fn explain(&self, message: &str, at: Option<Range<usize>>, error: &mut SqlError) {
        if let Some(name) = message.strip_prefix("no such column: ") {
            // SQLite asks whether a name in double quotes was to be a string; its own words say enough then.
            let (name, hint) = name.split_once(" - ").map_or((name, None), |(name, hint)| (name, Some(hint)));
            let name = name.trim_matches('"');
            error.help = self.column_help(name, hint.is_some());
        } else if let Some((table, name)) =
            message.strip_prefix("table ").and_then(|rest| rest.split_once(" has no column named "))
        {
            error.help = self.column_help(&format!("{table}.{name}"), false);
        } else if let Some(name) = message.strip_prefix("no such table: ") {
            error.help = Some(self.table_help(name));
        } else if let Some(name) = message.strip_prefix("no such function: ") {
            let functions = self.functions.iter().map(String::as_str);
            error.help = nearest(name, functions).map(|nearest| format!("did you mean `{nearest}`?"));
        } else if let Some(name) = message.strip_prefix("ambiguous column name: ") {
            error.help = self.ambiguous_help(name);
        } else if message.ends_with(": syntax error") {
            if let Some(at) = at {
                self.syntax_help(at.start, error);
            }
        } else if message == "not authorized" {
            error.message = "other databases and temporary objects have no place here".to_owned();
            error.help = Some("create it in the slice's own database".to_owned());
        } else if let Some((_, counts)) = message.split_once(" values for ") {
            let mut words = self.tokens.top(self.statement.clone());
            let values = words.find(|at| self.tokens.is_any(*at, &["values", "select"]));
            error.at = values.map(|at| self.tokens.bytes(at..at + 1)).filter(|_| counts.ends_with("columns"));
        } else if message == "incomplete input" {
            let last = self.statement.end.saturating_sub(1).max(self.statement.start);
            error.at = Some(self.tokens.bytes(last..last + 1));
            error.help = Some("the statement ends too early".to_owned());
        } else if message == "unrecognized token: \":\"" {
            error.help = Some("SQLite casts with `cast(… as …)`".to_owned());
        } else if message.starts_with("unrecognized token: \"'") {
            error.help = Some("close the string with `'`; a quote within it is written twice".to_owned());
        }
    }

    /// What a message without a place speaks of: the first tokens that are the name after its colon, else what it begins with.
    fn mentioned(&self, message: &str) -> Option<Range<usize>> {
        let name = message.rsplit_once(": ").map(|(_, name)| name.trim_matches('"'));
        if let Some((_, column)) = message.split_once(" has no column named ") {
            return self.written(column);
        }
        if let Some(name) = name {
            let last = name.rsplit('.').next().unwrap_or(name);
            let first = name.split('.').next().unwrap_or(name);
            return self.written(name).or_else(|| self.written(last)).or_else(|| self.written(first));
        }
        // "table x has …", "trigger x already exists"
        let mut words = message.split(' ');
        let thing = words.next().is_some_and(|word| ["table", "index", "view", "trigger"].contains(&word));
        words.next().filter(|_| thing).and_then(|name| self.written(name))
    }

    /// The first tokens that are a name, dotted or not.
    fn written(&self, name: &str) -> Option<Range<usize>> {
        let parts: Vec<&str> = name.split('.').collect();
        let is = |at: usize, part: &str| {
            self.tokens.get(at).and_then(Token::name).is_some_and(|name| name.eq_ignore_ascii_case(part))
        };
        let fits = |at: usize| {
            parts
                .iter()
                .enumerate()
                .all(|(i, part)| is(at + 2 * i, part) && (i == 0 || self.tokens.is(at + 2 * i - 1, ".")))
        };
        let length = 2 * parts.len() - 1;
        let mut places = self.statement.clone().filter(|at| at + length <= self.statement.end);
        places.find(|at| fits(*at)).map(|at| at..at + length)
    }

    /// The token after a dotted name.
    fn end_of_name(&self, at: usize) -> usize {
        let mut end = at + 1;
        while self.tokens.is(end, ".")
            && self.tokens.name(end + 1).is_some()
            && self.tokens.name(end - 1).is_some()
        {
            end += 2;
        }
        end.min(self.statement.end.max(at + 1))
    }

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

    fn column_help(&self, name: &str, may_be_text: bool) -> Option<String> {
        let (qualifier, column) = match name.rsplit_once('.') {
            Some((qualifier, column)) => (qualifier.rsplit('.').next(), column),
            None => (None, name),
        };
        let mut tables = self.tables();
        let mut derived = false;
        if let Some(qualifier) = qualifier {
            let named = |(_, aliases): &(String, Vec<String>)| {
                aliases.iter().any(|alias| alias.eq_ignore_ascii_case(qualifier))
            };
            if tables.iter().any(named) {
                tables.retain(named);
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

    fn table_help(&self, name: &str) -> String {
        let name = name.rsplit('.').next().unwrap_or(name);
        let tables: Vec<&str> = self.catalog.tables().map(|table| table.name.as_str()).collect();
        let views: Vec<&str> = self.catalog.views().collect();
        let all = || tables.iter().chain(&views).copied();
        if self.written(name).is_none() {
            return format!(
                "a foreign key of the slice's tables refers to `{name}`, which no `#[migration]` of the slice creates"
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

    fn ambiguous_help(&self, name: &str) -> Option<String> {
        let tables = self.tables();
        let choices: Vec<String> = tables
            .iter()
            .filter(|(table, _)| self.columns(table).iter().any(|column| column.eq_ignore_ascii_case(name)))
            .map(|(table, aliases)| format!("{}.{name}", aliases.last().unwrap_or(table)))
            .collect();
        (choices.len() > 1).then(|| format!("say which one: {}", list(choices.iter().map(String::as_str))))
    }

    /// The word that SQLite stumbled over or the one before it, where it is nearly a keyword; a keyword where a name should
    /// be; a comma too many.
    fn syntax_help(&self, at: usize, error: &mut SqlError) {
        let Some(here) = self.tokens.get(at) else { return };
        for word in
            [Some(at), at.checked_sub(1)].into_iter().flatten().filter(|at| self.statement.contains(at))
        {
            let Some(token) = self.tokens.get(word).filter(|token| token.class == Class::Word) else {
                continue;
            };
            let lower = token.text.to_ascii_lowercase();
            let known = KEYWORDS.contains(&lower.as_str()) || NAME_LIKE.contains(&lower.as_str());
            if known || lower.len() < 4 || self.catalog.columns(&lower).is_some() {
                continue;
            }
            if let Some(keyword) = nearest(&lower, KEYWORDS) {
                error.at = Some(token.range());
                error.help = Some(format!("did you mean `{keyword}`?"));
                return;
            }
        }
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        if here.is_any(&["from", ")", "where", "values"]) && before.is_some_and(|before| before.is(",")) {
            error.at = before.map(Token::range);
            error.help = Some(format!("take the comma before `{}` away", here.text));
        } else if here.is_any(&NAME_LIKE) && before.is_some_and(precedes_name) {
            let word = here.text;
            error.help = Some(format!("`{word}` is a keyword of SQL; as a name it is written `\"{word}\"`"));
        }
    }
}

/// SQLite's sentence as one of ours: a first word in lower case, no full stop.
fn sentence(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut letters = message.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && second.is_ascii_lowercase() => {
            format!("{}{}", first.to_ascii_lowercase(), &message[1..])
        }
        _ => message.to_owned(),
    }
}

/// Whether a name can follow.
fn precedes_name(token: &Token<'_>) -> bool {
    const OPENERS: [&str; 16] = [
        "select", "distinct", "where", "and", "or", "not", "on", "by", "set", "add", "column", "table",
        "into", "from", "join", "update",
    ];
    token.is_any(&OPENERS) || (token.class == Class::Symbol && token.text != ")")
}

/// Keywords that are mistyped.
const KEYWORDS: [&str; 37] = [
    "select",
    "from",
    "where",
    "insert",
    "into",
    "values",
    "update",
    "delete",
    "create",
    "table",
    "index",
    "view",
    "trigger",
    "join",
    "left",
    "inner",
    "group",
    "order",
    "having",
    "limit",
    "offset",
    "union",
    "returning",
    "conflict",
    "primary",
    "references",
    "default",
    "unique",
    "check",
    "strict",
    "without",
    "begin",
    "alter",
    "column",
    "integer",
    "between",
    "distinct",
];

/// Keywords that are often meant as names.
const NAME_LIKE: [&str; 18] = [
    "add",
    "alter",
    "case",
    "check",
    "collate",
    "commit",
    "constraint",
    "create",
    "default",
    "exists",
    "group",
    "index",
    "limit",
    "order",
    "references",
    "table",
    "to",
    "transaction",
];
