#[orion::slice(migrations = "right")]
mod notes {
    use orion::prelude::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key) strict";

    #[page("/")]
    fn home() -> Markup {
        html! {}
    }
}

fn main() {}
