use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command(post "/todos")]
    pub(crate) fn add(_tx: &Tx) {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action();
}
