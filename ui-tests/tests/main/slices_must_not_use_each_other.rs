#[orion::slice(uses(sessions))]
mod accounts {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str = "create table accounts (
        id integer primary key,
        last integer references sessions (id)) strict";
}

#[orion::slice(uses(accounts))]
mod sessions {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str = "create table sessions (
        id integer primary key,
        account integer not null references accounts (id)) strict";
}

orion::main! { slices: [accounts, sessions] }
