use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/" title = "Todos", public)]
    pub(crate) fn home() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path();
}
