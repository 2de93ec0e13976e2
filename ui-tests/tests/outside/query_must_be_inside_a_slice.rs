use orion::prelude::*;

#[query("select 1")]
fn one(db: &Db) -> Result<i64>;

fn main() {
    let _ = one;
}
