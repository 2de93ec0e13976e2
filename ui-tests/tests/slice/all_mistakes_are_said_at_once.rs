use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select titel from todos")]
    pub(crate) fn titles(db: &Db) -> Result<Vec<String>>;

    #[command(pots "/todos")]
    pub(crate) fn add(_tx: &Tx) -> Result<Reply> {
        todo!()
    }

    #[region]
    pub(crate) fn list() -> Markup {
        todo!()
    }

    #[page("home")]
    pub(crate) fn home() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::titles;
    let _ = todos::list::region();
}
