use orion::prelude::*;

#[orion::slice]
mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";

    #[query("delete from notes")]
    fn delete(tx: &Tx) -> Result<()>;

    #[command(delete "/notes")]
    fn clear(tx: &Tx) -> Result<Reply> {
        delete(tx)?;
        Ok(Reply::done())
    }

    #[page("/")]
    fn home() -> Markup {
        html! { button data-on:click=(clear::acton()) { "Clear" } }
    }
}

orion::main! { slices: [notes] }
