use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    pub(crate) fn list(_db: &Db, board: &i64) -> Result<Markup> {
        todo!("{board}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region(&1);
}
