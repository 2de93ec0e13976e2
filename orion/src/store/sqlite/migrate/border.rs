//! The border between slices: what the statements of an entry touch, as SQLite's authorizer reports it
//! (<https://www.sqlite.org/c3ref/set_authorizer.html>), and whether the slice may.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::{Connection, Result};

use super::reason::Trespass;

/// Writes down what is prepared on a connection, until it is dropped.
pub(super) struct Border<'c> {
    connection: &'c Connection,
    seen: Arc<Mutex<Seen>>,
}

/// What one statement touches.
#[derive(Default)]
pub(super) struct Seen {
    /// Tables that are made, changed, written or dropped, in lower case.
    tables: Vec<String>,
    /// The tables that the statement puts a trigger on.
    pub(super) triggers: Vec<String>,
    /// Whether it changes the schema: then SQLite itself writes its own tables.
    schema: bool,
    /// What it may not do at all; preparing it was refused.
    forbidden: Option<String>,
}

impl<'c> Border<'c> {
    pub(super) fn watch(connection: &'c Connection) -> Result<Self> {
        let seen = Arc::new(Mutex::new(Seen::default()));
        let watched = Arc::clone(&seen);
        connection.authorizer(Some(move |context: AuthContext<'_>| lock(&watched).note(&context)))?;
        Ok(Self { connection, seen })
    }

    /// What was prepared since the last call.
    pub(super) fn take(&self) -> Seen {
        std::mem::take(&mut *lock(&self.seen))
    }
}

impl Drop for Border<'_> {
    fn drop(&mut self) {
        let none = None::<fn(AuthContext<'_>) -> Authorization>;
        if let Err(cause) = self.connection.authorizer(none) {
            tracing::error!(%cause, "a connection keeps watching what it prepares");
        }
    }
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Seen {
    fn note(&mut self, context: &AuthContext<'_>) -> Authorization {
        use AuthAction as A;
        if let Some(what) = forbidden(&context.action) {
            self.forbidden.get_or_insert(what);
            return Authorization::Deny;
        }
        // A temporary table is on this connection only, which ends with the migrations.
        if context.database_name == Some("temp") {
            return Authorization::Allow;
        }
        match context.action {
            A::Insert { table_name } | A::Update { table_name, .. } | A::Delete { table_name } => {
                self.table(table_name);
            }
            A::CreateTable { table_name }
            | A::CreateView { view_name: table_name }
            | A::CreateVtable { table_name, .. }
            | A::CreateIndex { table_name, .. }
            | A::AlterTable { table_name, .. }
            | A::DropTable { table_name }
            | A::DropView { view_name: table_name }
            | A::DropVtable { table_name, .. }
            | A::DropIndex { table_name, .. }
            | A::DropTrigger { table_name, .. } => {
                self.schema = true;
                self.table(table_name);
            }
            A::CreateTrigger { table_name, .. } => {
                self.schema = true;
                self.table(table_name);
                self.triggers.push(table_name.to_owned());
            }
            A::Reindex { .. } | A::Analyze { .. } => self.schema = true,
            // Reading harms nobody, and a table that is not there yet is SQLite's to refuse.
            _ => {}
        }
        Authorization::Allow
    }

    fn table(&mut self, name: &str) {
        self.tables.push(name.to_ascii_lowercase());
    }

    /// Whether `slice` may do this in a file whose tables were `before` when the entry began.
    pub(super) fn judge(
        &self,
        slice: &str,
        before: &BTreeMap<String, Option<String>>,
    ) -> std::result::Result<(), Trespass> {
        if let Some(what) = &self.forbidden {
            return Err(Trespass::Forbidden { what: what.clone() });
        }
        for table in self.tables.iter().cloned() {
            if table.starts_with("sqlite_") && self.schema {
                continue;
            }
            if is_reserved(&table) {
                return Err(Trespass::Reserved { table });
            }
            match before.get(&table) {
                Some(Some(owner)) if owner != slice => {
                    return Err(Trespass::Owned { table, owner: owner.clone() });
                }
                Some(None) => return Err(Trespass::Foreign { table }),
                // The slice's own, or made by this entry.
                Some(Some(_)) | None => {}
            }
        }
        Ok(())
    }
}

/// Whether a name, in lower case, is not for slices.
pub(super) fn is_reserved(table: &str) -> bool {
    table.starts_with("sqlite_") || table.starts_with("orion_")
}

/// What no entry may do, by its SQL word.
fn forbidden(action: &AuthAction<'_>) -> Option<String> {
    match *action {
        AuthAction::Transaction { .. } => Some("begin`, `commit` or `rollback".to_owned()),
        AuthAction::Savepoint { .. } => Some("savepoint".to_owned()),
        AuthAction::Attach { .. } => Some("attach".to_owned()),
        AuthAction::Detach { .. } => Some("detach".to_owned()),
        // These only tell. Full-text search asks for the first two of its own accord.
        AuthAction::Pragma { pragma_name: "data_version" | "page_size", pragma_value: None }
        | AuthAction::Pragma { pragma_name: "table_info", .. } => None,
        AuthAction::Pragma { pragma_name, .. } => Some(format!("pragma {pragma_name}")),
        _ => None,
    }
}
