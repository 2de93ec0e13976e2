//! Whether the store works, for whoever watches over the process.

use std::sync::atomic::Ordering;

use super::Sqlite;
use crate::decl::Statement;
use crate::error::Result;
use crate::store::{self, Group, Tx};

/// Another value each time: SQLite does not write a page that stays the same.
const TRIAL: Statement = Statement::new(
    "insert into orion_meta (key, value) values ('trial', randomblob(16)) \
     on conflict do update set value = excluded.value",
)
.writes(&["orion_meta"]);

impl Sqlite {
    /// Whether the writer answers, and keeps what it is given: waits for its turn as any write does.
    ///
    /// It writes only where the last group of writes could not be kept, to see whether that has passed: an idle application's file
    /// stays as it is. It writes to the table of [`Sqlite::meta_or_insert`], which must have been called before.
    ///
    /// # Errors
    /// What a write would be told now.
    pub async fn check_writer(&self) -> Result<()> {
        let failing = self.writes.failing.load(Ordering::Relaxed);
        let trial = move |tx: &Tx| {
            if failing {
                let _ = tx.execute(&TRIAL, &[])?;
            }
            Ok(())
        };
        store::write(self, trial).await
    }

    /// Whether a reader answers, on whose thread `f` is called.
    ///
    /// # Errors
    /// If the store is closed, or `f` panics.
    pub async fn check_reader(&self, f: impl FnOnce() + Send + 'static) -> Result<()> {
        store::read(self, move |_| {
            f();
            Ok(())
        })
        .await
    }

    /// Sets who hears of each commit; the first who is set stays.
    pub fn on_group(&self, hear: impl Fn(Group) + Send + Sync + 'static) {
        let _ = self.writes.hear_groups.set(Box::new(hear));
    }
}
