use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command(post "/todos/{id}")]
    pub(crate) fn rename(_tx: &Tx, id: i64) -> Result<Reply> {
        todo!("{id}")
    }

    #[command(post "/todos/{name}")]
    pub(crate) fn toggle(_tx: &Tx, name: &str) -> Result<Reply> {
        todo!("{name}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::rename::action(1);
    let _ = todos::toggle::action("a");
}
