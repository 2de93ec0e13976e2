use orion::prelude::*;

#[orion::slice]
mod notes {
    use super::*;

    #[cfg(unix)]
    #[page("/")]
    pub(crate) fn home() -> Markup {
        html! { "home" }
    }

    #[page("/")]
    pub(crate) fn start() -> Markup {
        html! { "start" }
    }
}

orion::main! { slices: [notes] }
