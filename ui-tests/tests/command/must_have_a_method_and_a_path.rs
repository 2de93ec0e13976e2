use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command]
    pub(crate) fn add(_tx: &Tx) -> Result<Reply> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action();
}
