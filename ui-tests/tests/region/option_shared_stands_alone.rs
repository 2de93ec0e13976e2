use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region(shared = true)]
    pub(crate) fn list(_db: &Db) -> Result<Markup> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region;
}
