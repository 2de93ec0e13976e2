use orion::prelude::*;

#[orion::slice]
pub mod notes {
    use super::*;

    #[page("/")]
    pub fn home() -> Markup {
        html! { h1 { "Notes" } }
    }
}

orion::main! { slices: [notes], name: "Notes" }
