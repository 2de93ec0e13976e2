#[orion::slice]
mod accounts {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str =
        "create table accounts (id integer primary key, email txt not null unique) strict";
}

#[orion::slice(uses(accounts))]
mod sessions {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str = "create table sessions (
        id integer primary key,
        account integer not null references accounts (id)) strict";
}

fn main() {}
