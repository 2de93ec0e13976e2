use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    pub(crate) fn list(board: i64, _db: &Db) -> Result<Markup> {
        todo!("{board}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region(1);
}
