use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    pub(crate) struct Board(pub(crate) i64);

    #[region(on(Board(1)))]
    pub(crate) fn list(_db: &Db) -> Result<Markup> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region();
    let _ = todos::Board(1).0;
}
