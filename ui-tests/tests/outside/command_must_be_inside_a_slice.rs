use orion::prelude::*;

#[command(post "/todos")]
fn add(_tx: &Tx) -> Result<Reply> {
    todo!()
}

fn main() {
    let _ = add;
}
