use orion::prelude::*;

#[orion::slice(nmae = "todos")]
mod todos {
    use super::*;

    #[topic]
    pub(crate) struct All;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::All;
}
