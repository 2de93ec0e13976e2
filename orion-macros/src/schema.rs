//! The slice's schema while it is compiled. The only file that calls the SQL engine.

use syn::LitStr;

use crate::errors::Errors;
use crate::sql;

/// What the slice's migrations leave behind.
pub(crate) struct Schema {
    engine: sql::Schema,
    /// Whether every migration was applied. Where one was not, statements are not judged: its mistake was reported.
    whole: bool,
}

impl Schema {
    pub(crate) fn new() -> Self {
        Self { engine: sql::Schema::new(), whole: true }
    }

    /// Applies a migration; without one, because it could not be read, the schema is not whole any more.
    pub(crate) fn apply(&mut self, cx: &mut Errors, migration: Option<&LitStr>) {
        let Some(literal) = migration else {
            self.whole = false;
            return;
        };
        if let Err(error) = self.engine.apply(&literal.value()) {
            cx.at(literal, error.render());
            self.whole = false;
        }
    }

    /// The tables, in the order of their names.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.engine.tables()
    }

    /// Judges one statement; `None` where it is wrong or cannot be judged.
    pub(crate) fn check(&self, cx: &mut Errors, statement: &LitStr) -> Option<sql::Checked> {
        if !self.whole {
            return None;
        }
        self.engine.check(&statement.value()).map_err(|error| cx.at(statement, error.render())).ok()
    }
}
