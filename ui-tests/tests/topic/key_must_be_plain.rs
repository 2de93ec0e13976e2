use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[topic]
    pub(crate) struct Board(pub(crate) Option<i64>);
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::Board(None).0;
    let _ = |board: todos::Board| orion::Announce::topic(&board);
}
