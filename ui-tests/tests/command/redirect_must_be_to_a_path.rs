use orion::prelude::*;

#[orion::slice]
mod clock {
    use super::*;

    #[region]
    fn face(db: &Db, room: i64) -> Result<Markup> {
        Ok(html! { p { (number(db)?) (room) } })
    }

    #[migration]
    const CREATE: &str = "create table ticks (at integer not null) strict";

    #[query("select count(*) from ticks")]
    fn number(db: &Db) -> Result<i64>;

    #[query("insert into ticks (at) values (1)")]
    fn insert(tx: &Tx) -> Result<()>;

    #[command(post "/wind")]
    fn wind(tx: &Tx) -> Result<Reply> {
        insert(tx)?;
        Ok(Reply::redirect(home(1)))
    }

    #[page("/rooms/{room}")]
    fn home(room: i64) -> Markup {
        html! { (face::region(room)) button data-on:click=(wind::action()) { "Wind" } }
    }
}

fn main() {
    let _ = clock::SLICE;
}
