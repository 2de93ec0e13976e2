use orion::prelude::*;

#[orion::slice]
mod admin {
    use super::*;

    fn administrator(_db: &Db, _viewer: &Viewer) -> Result<bool> {
        Ok(true)
    }

    #[command(post "/wipe", allow(admin))]
    pub(crate) fn wipe(_tx: &Tx) -> Result<Reply> {
        todo!()
    }

    #[command(post "/look", allow(administrator))]
    pub(crate) fn look(_tx: &Tx) -> Result<Reply> {
        todo!()
    }
}

fn main() {
    let _ = admin::SLICE;
    let _ = (admin::wipe::action, admin::look::action);
}
