use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command(post "/todos//{id}")]
    pub(crate) fn add(_tx: &Tx, id: i64) -> Result<Reply> {
        todo!("{id}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add;
}
