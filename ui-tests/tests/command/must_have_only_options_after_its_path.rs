use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command(post "/boards/{board}" "Board")]
    pub(crate) fn add(_tx: &Tx, board: i64) -> Result<Reply> {
        todo!("{board}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action;
}
