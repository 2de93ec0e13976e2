use orion::prelude::*;

#[derive(Clone, Copy, Value)]
pub enum Priority {
    Low,
    High,
}

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("update todos set done = :priority where id = :id")]
    pub(crate) fn set(tx: &Tx, id: i64, priority: Priority) -> Result<()>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::set;
    let _ = (Priority::Low, Priority::High);
}
