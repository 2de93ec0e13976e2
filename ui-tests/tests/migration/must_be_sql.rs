use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: &str = "
        create table todos (id integer primary key) strict;
        create index by_title on todos (title);";

    #[query("select titel from todos")]
    pub(crate) fn all(db: &Db) -> Result<Vec<i64>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::all;
}
