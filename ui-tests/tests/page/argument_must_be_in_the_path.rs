use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/todos/{id}")]
    pub(crate) fn home(_db: &Db, id: i64, page: u32) -> Markup {
        todo!("{id} {page}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path(1);
}
