use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[topic(i64)]
    pub(crate) struct Board(pub(crate) i64);
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::Board(1).0;
}
