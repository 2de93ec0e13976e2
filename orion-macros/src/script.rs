//! The SQL of one migration, and where it is written: in a constant of the slice, or in a file of its folder.

use std::ops::Range;

use proc_macro2::Span;
use syn::LitStr;

use crate::sql::SqlError;

/// One entry of a slice's history.
pub(crate) struct Script {
    /// Whose SQL it is, for a message: "migration `CREATE`", or the path of a file from the package's folder on.
    name: String,
    sql: String,
    /// What a mistake is shown on: the SQL, or the name of the folder.
    literal: LitStr,
    is_file: bool,
}

impl Script {
    /// The value of the constant with this name.
    pub(crate) fn of_constant(name: impl std::fmt::Display, literal: LitStr) -> Self {
        Self { name: format!("migration `{name}`"), sql: literal.value(), literal, is_file: false }
    }

    /// A file of the folder that `literal` names.
    pub(crate) fn of_file(path: String, sql: String, literal: LitStr) -> Self {
        Self { name: path, sql, literal, is_file: true }
    }

    pub(crate) fn sql(&self) -> &str {
        &self.sql
    }

    pub(crate) fn literal(&self) -> &LitStr {
        &self.literal
    }

    pub(crate) fn span(&self) -> Span {
        self.literal.span()
    }

    /// Whose SQL it is and, of a file, the line and column of `at`: "migration `todos/1_create.sql:3:7`".
    pub(crate) fn place(&self, at: Option<&Range<usize>>) -> String {
        if !self.is_file {
            return self.name.clone();
        }
        match at.and_then(|at| self.sql.get(..at.start)) {
            Some(before) => {
                let line = before.matches('\n').count() + 1;
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                format!("migration `{}:{line}:{column}`", self.name)
            }
            None => format!("migration `{}`", self.name),
        }
    }

    /// A message about a piece of it, with the line that it is on. Rustc does not show a file: there its place is said too.
    pub(crate) fn quote(&self, at: Range<usize>, message: String) -> String {
        let place = self.place(Some(&at));
        let message = if self.is_file { format!("{place}: {message}") } else { message };
        SqlError { message, at: Some(at), help: None }.render(&self.sql)
    }
}
