use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    pub(crate) struct List;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::List;
}
