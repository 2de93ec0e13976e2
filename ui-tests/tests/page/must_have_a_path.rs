use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page]
    pub(crate) fn home() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path();
}
