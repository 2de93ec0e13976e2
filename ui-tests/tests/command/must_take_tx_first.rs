use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command(post "/todos/{id}")]
    pub(crate) fn add(id: i64, _tx: &Tx) -> Result<Reply> {
        todo!("{id}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action(1);
}
