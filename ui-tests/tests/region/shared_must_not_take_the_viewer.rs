use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region(shared)]
    pub(crate) fn list(_db: &Db, _viewer: &Viewer) -> Result<Markup> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region;
}
