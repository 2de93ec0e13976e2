use orion::prelude::*;

#[orion::slice(name = "notes")]
mod a {
    use super::*;

    #[page("/")]
    pub(crate) fn home() -> Markup {
        html! { "home" }
    }
}

#[orion::slice(name = "notes")]
mod b {
    use super::*;

    #[page("/b")]
    pub(crate) fn home() -> Markup {
        html! { "b" }
    }
}

orion::main! { slices: [a, b] }
