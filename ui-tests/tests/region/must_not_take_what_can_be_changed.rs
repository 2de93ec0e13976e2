use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    pub(crate) fn list(_db: &Db, _count: &mut i64) -> Result<Markup> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region;
}
