use orion::prelude::*;

#[orion::slice]
mod news {
    use super::*;

    #[page("/static/news")]
    pub(crate) fn home() -> Markup {
        html! { "news" }
    }
}

orion::main! { slices: [news] }
