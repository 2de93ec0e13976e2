use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    pub(crate) fn list(_db: &Db, _present: &mut Present) -> Result<Markup> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region;
}
