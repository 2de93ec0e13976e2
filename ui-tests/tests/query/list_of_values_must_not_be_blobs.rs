use orion::prelude::*;

#[derive(Value)]
pub struct Photo(pub Vec<u8>);

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "create table todos (
        id integer primary key, title text not null, done integer not null, due text, image blob, cost real) strict";

    #[query("select title from todos where image in (:photos)")]
    pub(crate) fn showing(db: &Db, photos: &[Photo]) -> Result<Vec<String>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::showing;
}
