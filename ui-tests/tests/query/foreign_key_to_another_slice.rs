use orion::prelude::*;

#[orion::slice]
mod accounts {
    use super::*;

    #[migration]
    const CREATE: &str = "create table accounts (id integer primary key, email text not null unique) strict";
}

#[orion::slice]
mod sessions {
    use super::*;

    #[migration]
    const CREATE: &str = "create table sessions (
        id integer primary key, account integer not null references accounts (id)) strict";

    #[query("insert into sessions (account) values (:account)")]
    pub(crate) fn insert(tx: &Tx, account: i64) -> Result<()>;
}

fn main() {
    let _ = (accounts::SLICE, sessions::SLICE);
    let _ = sessions::insert;
}
