//! The slice's schema while it is compiled. The only file that calls the SQL engine.

use std::ops::Range;

use proc_macro2::Span;
use syn::LitStr;

use crate::errors::Errors;
use crate::script::Script;
use crate::{owner, sql, uses};

/// What the slice's migrations leave behind.
pub(crate) struct Schema {
    /// The name of the slice.
    slice: String,
    engine: sql::Schema,
    /// Whether every migration was applied. Where one was not, statements are not judged: its mistake was reported.
    whole: bool,
    /// The migrations that were applied.
    history: Vec<Script>,
}

impl Schema {
    pub(crate) fn new(slice: &str) -> Self {
        Self { slice: slice.to_owned(), engine: sql::Schema::new(), whole: true, history: Vec::new() }
    }

    /// The name of the slice.
    pub(crate) fn slice(&self) -> &str {
        &self.slice
    }

    /// Applies a migration.
    pub(crate) fn apply(&mut self, cx: &mut Errors, migration: Script) {
        if let Err(error) = self.engine.apply(migration.sql()) {
            let what = migration.place(error.at.as_ref());
            cx.at(migration.literal(), self.told(&what, &error, migration.sql(), migration.span()));
            self.whole = false;
        }
        self.history.push(migration);
    }

    /// Says that a migration could not even be read.
    pub(crate) fn lacks_one(&mut self) {
        self.whole = false;
    }

    /// Warns of tables that are not strict, where they were created last: what is proven of their columns need not hold.
    pub(crate) fn hint(&self, cx: &mut Errors) {
        for table in self.engine.loose() {
            let created = |migration: &Script| {
                let steps = sql::steps(migration.sql());
                steps.into_iter().rev().filter(|step| step.is_about(&table)).find_map(|step| step.made)
            };
            let Some((migration, at)) =
                self.history.iter().rev().find_map(|migration| Some((migration, created(migration)?)))
            else {
                continue;
            };
            let message =
                format!("table `{table}` is not strict: SQLite keeps any value in any of its columns");
            cx.warn(migration.literal(), migration.quote(at, message)).help(
                "end it with `strict`: `create table … (…) strict`; then what is proven of its columns holds",
            );
        }
    }

    /// The tables, in the order of their names.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.engine.tables()
    }

    /// Their keys, as SQL writes them: `todos (id)`.
    pub(crate) fn keys(&self) -> Vec<String> {
        self.engine.keys().map(|(table, columns)| uses::columns(table, columns)).collect()
    }

    /// The columns of a table.
    pub(crate) fn columns(&self, table: &str) -> Vec<String> {
        self.engine.column_names(table)
    }

    /// Watches a table by a column; gives both as they were declared. `None` where not every migration was applied.
    pub(crate) fn key(
        &mut self,
        table: &str,
        column: &str,
    ) -> Option<Result<(String, String), sql::Unkeyable>> {
        self.whole.then(|| self.engine.key(table, column))
    }

    /// The slice of the crate that has the table: its name, and the path of its module.
    pub(crate) fn owner_of(&self, table: &str, place: Span) -> Option<(String, String)> {
        owner::of(&self.slice, table, place)
    }

    /// The foreign keys into tables that are not the slice's; `None` where not every migration was applied.
    pub(crate) fn references(&self) -> Option<Vec<sql::Reference>> {
        self.whole.then(|| self.engine.references())
    }

    /// What becomes of the slice's tables when what is referred to goes.
    pub(crate) fn consequences(&self, reference: &sql::Reference) -> sql::Changed {
        // Its tables are there: SQLite has taken the migrations.
        self.engine.consequences(reference).unwrap_or_default()
    }

    /// The last migration that refers to the table, and where.
    pub(crate) fn referring(&self, table: &str) -> Option<(&Script, Range<usize>)> {
        let referring = |migration: &Script| sql::referred(migration.sql(), table);
        self.history.iter().rev().find_map(|migration| Some((migration, referring(migration)?)))
    }

    /// The slice of the crate that has the table which is referred to: its name, and the path of its module.
    pub(crate) fn owner(&self, table: &str) -> Option<(String, String)> {
        let (migration, _) = self.referring(table)?;
        owner::of(&self.slice, table, migration.span())
    }

    /// Judges one statement; `None` where it is wrong or cannot be judged.
    /// `arguments` are the names of what is bound.
    pub(crate) fn check(
        &self,
        cx: &mut Errors,
        what: &str,
        statement: &LitStr,
        arguments: &[String],
    ) -> Option<sql::Checked> {
        if !self.whole {
            return None;
        }
        let text = statement.value();
        match self.engine.check_for(&text, arguments) {
            Ok(checked) => Some(checked),
            Err(error) => {
                cx.at(statement, self.told(what, &error, &text, statement.span()));
                None
            }
        }
    }

    /// What is wrong: in SQLite's words, or that the table is another slice's.
    fn told(&self, what: &str, error: &sql::SqlError, text: &str, place: Span) -> String {
        match owner::explain(&self.slice, what, error, text, place) {
            Some(error) => error.render(text),
            None => format!("{what}: {}", error.render(text)),
        }
    }
}

/// The message, with the line of the SQL that it is about.
pub(crate) fn quote(statement: &LitStr, at: Option<Range<usize>>, message: String) -> String {
    sql::SqlError { message, at, help: None }.render(&statement.value())
}
