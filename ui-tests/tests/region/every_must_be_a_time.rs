use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region(every = "50")]
    pub(crate) fn list(_db: &Db) -> Result<Markup> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region;
}
