use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    pub(crate) struct Id(pub(crate) i64);

    #[topic]
    pub(crate) struct Board(pub(crate) Id);
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::Board(todos::Id(1)).0.0;
}
