use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    pub(crate) fn all(db: &Db) -> Result<Vec<i64>>;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::all;
}
