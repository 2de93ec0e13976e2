use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = concat!("create table todos ", "(id integer primary key) strict");

    #[query("select id from todos")]
    pub(crate) fn all(db: &Db) -> Result<Vec<i64>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::all;
}
