use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    pub(crate) fn admin(_db: &Db, _viewer: &Viewer) -> Result<bool> {
        Ok(true)
    }

    #[page("/admin", allow(admin), public)]
    pub(crate) fn desk() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = (todos::desk::path(), todos::admin);
}
