use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/")]
    pub(crate) fn home(_tx: &Tx) -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path();
}
