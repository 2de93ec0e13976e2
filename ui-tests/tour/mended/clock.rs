// A clock that ticks when somebody winds it.

use orion::prelude::*;

#[orion::slice]
pub mod clock {
    use super::*;

    #[topic]
    pub struct Tick(pub i64);

    #[command(post "/rooms/{room}/wind")]
    fn wind(tx: &Tx, room: i64) -> Result<Reply> {
        tx.publish(Tick(room));
        Ok(Reply::done())
    }

    #[region(on(Tick(room)))]
    fn face(_db: &Db, room: i64) -> Markup {
        html! { p { "It ticked in room " (room) } }
    }

    #[page("/")]
    fn home() -> Markup {
        html! { (face::region(1)) button data-on:click=(wind::action(1)) { "Wind" } }
    }
}

orion::main! { slices: [clock] }
