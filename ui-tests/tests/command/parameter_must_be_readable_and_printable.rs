use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    pub(crate) struct Key(pub(crate) i64);

    #[command(post "/todos/{key}")]
    pub(crate) fn add(_tx: &Tx, key: Key) -> Result<Reply> {
        todo!("{}", key.0)
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add;
    let _ = todos::Key(1).0;
}
