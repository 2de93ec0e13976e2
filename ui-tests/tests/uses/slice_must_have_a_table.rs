#[orion::slice]
mod accounts {
    use orion::prelude::*;

    #[page("/accounts")]
    fn home() -> Markup {
        html! {}
    }
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
