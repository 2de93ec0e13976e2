use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    pub(crate) struct Id(pub(crate) i64);

    #[region]
    pub(crate) fn list(_db: &Db, board: Id) -> Result<Markup> {
        todo!("{}", board.0)
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region(todos::Id(1));
}
