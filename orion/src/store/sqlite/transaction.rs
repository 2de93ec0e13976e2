//! Transactions and savepoints, prepared once a connection. What they are for is not known here.

use rusqlite::{Connection, Error, ErrorCode, Result, Statement};

/// Opens and ends transactions on one connection.
pub(super) struct Transaction<'c> {
    connection: &'c Connection,
    begin: Statement<'c>,
    commit: Statement<'c>,
    rollback: Statement<'c>,
}

impl<'c> Transaction<'c> {
    /// Transactions that see one snapshot, from their first statement on.
    pub(super) fn reading(connection: &'c Connection) -> Result<Self> {
        Self::new(connection, "begin deferred")
    }

    /// Transactions that hold the write lock from the start, so that no statement in them finds it taken.
    pub(super) fn writing(connection: &'c Connection) -> Result<Self> {
        Self::new(connection, "begin immediate")
    }

    fn new(connection: &'c Connection, begin: &str) -> Result<Self> {
        Ok(Self {
            connection,
            begin: connection.prepare(begin)?,
            commit: connection.prepare("commit")?,
            rollback: connection.prepare("rollback")?,
        })
    }

    pub(super) fn begin(&mut self) -> Result<()> {
        self.begin.execute([]).map(drop)
    }

    /// Commits. After an error nothing is committed and no transaction is open.
    pub(super) fn commit(&mut self) -> Result<()> {
        self.commit.execute([]).map(drop).inspect_err(|cause| {
            self.rollback();
            self.forget(cause);
        })
    }

    /// Makes it true that nothing is committed also for who reads the log after a crash. Where only the last step failed, `fsync`, all of the
    /// transaction stands in the log, which SQLite writes over with the next transaction, and not before: here is one, which
    /// changes nothing.
    fn forget(&mut self, cause: &Error) {
        if cause.sqlite_error_code() != Some(ErrorCode::SystemIoFailure) {
            return;
        }
        let version = self.connection.query_row("pragma user_version", [], |row| row.get::<_, i64>(0));
        let over = version.and_then(|version| {
            self.connection
                .execute_batch(&format!("begin immediate; pragma user_version = {version}; commit"))
        });
        // It fails for the same reason, and is written all the same.
        if over.is_err() {
            self.rollback();
        }
    }

    /// Rolls back, if SQLite did not do so already.
    pub(super) fn rollback(&mut self) {
        if !self.is_open() {
            return;
        }
        if let Err(cause) = self.rollback.execute([]) {
            tracing::error!(%cause, "a transaction could not be rolled back");
        }
    }

    /// Whether a transaction is open.
    pub(super) fn is_open(&self) -> bool {
        !self.connection.is_autocommit()
    }
}

/// One savepoint inside a transaction.
pub(super) struct Savepoint<'c> {
    set: Statement<'c>,
    release: Statement<'c>,
    back: Statement<'c>,
}

impl<'c> Savepoint<'c> {
    pub(super) fn new(connection: &'c Connection) -> Result<Self> {
        Ok(Self {
            set: connection.prepare("savepoint one")?,
            release: connection.prepare("release one")?,
            back: connection.prepare("rollback to one")?,
        })
    }

    pub(super) fn set(&mut self) -> Result<()> {
        self.set.execute([]).map(drop)
    }

    /// Keeps what was done since [`Savepoint::set`].
    pub(super) fn release(&mut self) -> Result<()> {
        self.release.execute([]).map(drop)
    }

    /// Undoes what was done since [`Savepoint::set`].
    pub(super) fn undo(&mut self) -> Result<()> {
        self.back.execute([])?;
        self.release()
    }
}
