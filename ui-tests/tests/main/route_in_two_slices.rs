use orion::prelude::*;

#[orion::slice]
mod news {
    use super::*;

    #[page("/")]
    pub(crate) fn home() -> Markup {
        html! { "home" }
    }
}

#[orion::slice]
mod shelf {
    use super::*;

    #[page("/")]
    pub(crate) fn start() -> Markup {
        html! { "home" }
    }
}

orion::main! { slices: [news, shelf] }
