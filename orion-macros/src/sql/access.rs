//! What a statement touches, as SQLite's authorizer tells it while the statement is prepared
//! (<https://www.sqlite.org/c3ref/set_authorizer.html>): through views, triggers and foreign keys too.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

/// The names that were read and written since [`Access::start`]: of tables, but also of views and table-valued functions.
#[derive(Debug, Default, Clone)]
pub(super) struct Touched {
    pub(super) reads: BTreeSet<String>,
    pub(super) writes: BTreeSet<String>,
    /// Of the tables that are written, those that lose rows.
    pub(super) deletes: BTreeSet<String>,
    /// The columns that are set in rows that there are, each with its table.
    pub(super) updates: BTreeSet<(String, String)>,
}

/// What the authorizer of a connection has noted.
#[derive(Debug, Default)]
pub(super) struct Access {
    noted: Arc<Mutex<Touched>>,
}

impl Access {
    /// Listens on a connection; other databases and temporary objects are refused there.
    pub(super) fn listen(connection: &Connection) -> rusqlite::Result<Self> {
        let access = Self::default();
        let noted = Arc::clone(&access.noted);
        connection.authorizer(Some(move |context: AuthContext<'_>| note(&noted, &context)))?;
        Ok(access)
    }

    /// Forgets what was noted.
    pub(super) fn start(&self) {
        *self.noted.lock().unwrap_or_else(PoisonError::into_inner) = Touched::default();
    }

    /// What was noted since then.
    pub(super) fn touched(&self) -> Touched {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn note(noted: &Mutex<Touched>, context: &AuthContext<'_>) -> Authorization {
    let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
    match context.action {
        AuthAction::Read { table_name, .. } => {
            noted.reads.insert(table_name.to_ascii_lowercase());
        }
        AuthAction::Insert { table_name } => {
            noted.writes.insert(table_name.to_ascii_lowercase());
        }
        AuthAction::Update { table_name, column_name } => {
            let table = table_name.to_ascii_lowercase();
            noted.updates.insert((table.clone(), column_name.to_ascii_lowercase()));
            noted.writes.insert(table);
        }
        AuthAction::Delete { table_name } => {
            let table = table_name.to_ascii_lowercase();
            noted.deletes.insert(table.clone());
            noted.writes.insert(table);
        }
        AuthAction::Attach { .. }
        | AuthAction::Detach { .. }
        | AuthAction::CreateTempTable { .. }
        | AuthAction::CreateTempIndex { .. }
        | AuthAction::CreateTempTrigger { .. }
        | AuthAction::CreateTempView { .. } => return Authorization::Deny,
        AuthAction::CreateTable { .. }
        | AuthAction::CreateIndex { .. }
        | AuthAction::CreateTrigger { .. }
        | AuthAction::CreateView { .. }
        | AuthAction::CreateVtable { .. }
            if context.database_name == Some("temp") =>
        {
            return Authorization::Deny;
        }
        _ => {}
    }
    Authorization::Allow
}
