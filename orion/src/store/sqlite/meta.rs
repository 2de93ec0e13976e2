//! What an application must keep about itself, such as the secret that it signs with: a key and bytes.

use rusqlite::{OptionalExtension, TransactionBehavior};

use super::Sqlite;
use crate::error::Result;

impl Sqlite {
    /// The bytes under `key`. Where there are none, `make` makes them, and they stay for the file's life.
    ///
    /// For boot: it opens a connection of its own and blocks.
    ///
    /// ```
    /// # use orion::store::sqlite::{Options, Sqlite};
    /// # let folder = tempfile::tempdir()?;
    /// let store = Sqlite::open(folder.path().join("app.db"), &Options::default())?;
    /// let secret = store.meta_or_insert("secret", || vec![7; 32]).unwrap();
    /// assert_eq!(store.meta_or_insert("secret", || vec![8; 32]).unwrap(), secret);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn meta_or_insert(&self, key: &str, make: impl FnOnce() -> Vec<u8>) -> Result<Vec<u8>> {
        let mut connection = self.connect()?;
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(
            "create table if not exists orion_meta (key text primary key, value blob not null) strict",
        )?;
        let found = transaction
            .query_row("select value from orion_meta where key = ?", [key], |row| row.get(0))
            .optional()?;
        if let Some(value) = found {
            return Ok(value);
        }
        let value = make();
        transaction.execute("insert into orion_meta (key, value) values (?, ?)", (key, &value))?;
        transaction.commit()?;
        Ok(value)
    }
}
