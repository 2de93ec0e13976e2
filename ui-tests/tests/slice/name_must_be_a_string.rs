use orion::prelude::*;

#[orion::slice(name = todos)]
mod todos {
    use super::*;

    #[topic]
    pub(crate) struct All;
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::All;
}
