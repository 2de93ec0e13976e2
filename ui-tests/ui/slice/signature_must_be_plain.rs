use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select id from todos")]
    pub(crate) const fn one(db: &Db) -> Result<i64>;

    #[query("select id from todos")]
    pub(crate) extern "C" fn two(db: &Db) -> Result<i64>;

    #[query("select id from todos")]
    pub(crate) unsafe fn three(db: &Db) -> Result<i64>;

    #[region]
    pub(crate) fn list<T: ToString>(_db: &Db, name: T) -> Markup {
        todo!("{}", name.to_string())
    }

    #[command(post "/todos/{a}")]
    pub(crate) fn pair(_tx: &Tx, (a, b): (i64, i64)) -> Result<Reply> {
        todo!("{a} {b}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::one;
    let _ = todos::two;
}
