use orion::prelude::*;

#[orion::slice]
mod notes {
    use super::*;

    #[page("/")]
    pub(crate) fn home() -> Markup {
        html! { "home" }
    }
}

orion::main! { slices: [notes, self::notes] }
