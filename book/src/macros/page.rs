use orion::prelude::*;

#[orion::slice]
pub mod notes {
    use super::*;

    #[page("/notes/{id}", title = "A note")]
    pub fn note(id: i64) -> Markup {
        html! { h1 { "Note " (id) } }
    }
}
