use orion::prelude::*;

#[orion::slice]
mod clock {
    use super::*;

    #[topic]
    pub(crate) struct Tick(i64);

    #[command(post "/wind/{room}")]
    pub(crate) fn wind(tx: &Tx, room: i64) -> Result<Reply> {
        tick(tx, room);
        Ok(Reply::done())
    }

    fn tick(tx: &Tx, room: i64) {
        tx.publish(Tick(room));
    }
}

orion::main! { slices: [clock] }
