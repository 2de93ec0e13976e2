use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    pub(crate) fn member(_db: &Db, _viewer: &Viewer, _board: i64) -> Result<bool> {
        Ok(true)
    }

    #[page("/boards", allow(member(board)))]
    pub(crate) fn boards() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = (todos::boards::path(), todos::member);
}
