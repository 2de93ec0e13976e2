use orion::prelude::*;

#[region]
fn list(_db: &Db) -> Result<Markup> {
    todo!()
}

fn main() {
    let _ = list;
}
