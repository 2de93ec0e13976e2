// A counter that everybody can push.

use orion::prelude::*;

#[orion::slice]
pub mod counter {
    use super::*;

    #[migration]
    const CREATE: &str = "
        create table counter (pushes integer not null) strict;
        insert into counter values (0);";

    #[query("select pushes from counter")]
    fn pushes(db: &Db) -> Result<i64>;

    #[query("update counter set pushes = pushes + :by")]
    fn add(tx: &Tx, by: i64) -> Result<()>;

    #[command(post "/push")]
    fn push(tx: &Tx) -> Result<Reply> {
        add(tx, 1)?;
        Ok(Reply::done())
    }

    #[region]
    fn number(db: &Db) -> Result<Markup> {
        Ok(html! { p { (pushes(db)?) } })
    }

    #[page("/")]
    fn home() -> Markup {
        html! { (number::region()) button data-on:click=(push::action()) { "Push" } }
    }
}

orion::main! { slices: [counter] }
