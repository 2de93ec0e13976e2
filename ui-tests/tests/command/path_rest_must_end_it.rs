use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command(post "/todos/{*rest}/edit")]
    pub(crate) fn add(_tx: &Tx, rest: String) -> Result<Reply> {
        todo!("{rest}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add;
}
