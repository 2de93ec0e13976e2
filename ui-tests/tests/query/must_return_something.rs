use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("delete from todos")]
    pub(crate) fn clear(tx: &Tx);

    pub(crate) fn start(tx: &Tx) -> Result<()> {
        clear(tx)?;
        Ok(())
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = (todos::clear, todos::start);
}
