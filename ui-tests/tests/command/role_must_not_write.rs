use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    fn editor(_tx: &Tx, _viewer: &Viewer, _board: i64) -> Result<bool> {
        Ok(true)
    }

    #[command(post "/boards/{board}", allow(editor(board)))]
    pub(crate) fn add(_tx: &Tx, board: i64) -> Result<Reply> {
        todo!("{board}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action;
}
