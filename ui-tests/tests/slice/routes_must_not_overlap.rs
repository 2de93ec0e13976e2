use orion::prelude::*;

#[orion::slice]
mod notes {
    use super::*;

    #[page("/notes/{id}")]
    pub(crate) fn note(id: i64) -> Markup {
        html! { (id) }
    }

    #[page("/notes/new")]
    pub(crate) fn new() -> Markup {
        html! { "new" }
    }
}

fn main() {
    let _ = notes::SLICE;
    let _ = (notes::note::path(1), notes::new::path());
}
