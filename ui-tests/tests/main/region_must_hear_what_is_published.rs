use orion::prelude::*;

#[orion::slice]
mod clock {
    use super::*;

    #[topic]
    pub(crate) struct Tick(i64);

    #[region(on(Tick(room)))]
    pub(crate) fn face(_db: &Db, room: i64) -> Markup {
        html! { (room) }
    }
}

orion::main! { slices: [clock] }
