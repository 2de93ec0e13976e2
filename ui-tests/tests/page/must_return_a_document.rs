use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/")]
    pub(crate) fn home() {
        html! { h1 { "Todos" } }
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path();
}
