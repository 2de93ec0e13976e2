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

    #[query("select title from todos where id in (:priorities)")]
    pub(crate) fn among(db: &Db, priorities: &[Priority]) -> Result<Vec<String>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::among;
    let _ = (Priority::Low, Priority::High);
}
