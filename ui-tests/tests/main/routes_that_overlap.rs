use orion::prelude::*;

#[orion::slice]
mod news {
    use super::*;

    #[page("/items/{id}")]
    pub(crate) fn item(id: i64) -> Markup {
        html! { (id) }
    }
}

#[orion::slice]
mod shelf {
    use super::*;

    #[page("/items/new")]
    pub(crate) fn new() -> Markup {
        html! { "new" }
    }
}

orion::main! { slices: [news, shelf] }
