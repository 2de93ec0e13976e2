use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command(post "/todos")]
    pub(crate) fn add(_tx: &Tx) {
        Ok(Reply::done())
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action();
}
