use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command(post "/todos/{a}")]
    pub(crate) fn pair(_tx: &Tx, (a, b): (i64, i64)) -> Result<Reply> {
        todo!("{a} {b}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::pair;
}
