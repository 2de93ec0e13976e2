use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[topic]
    pub(crate) struct Board<T>(pub(crate) T);
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::Board(1).0;
}
