use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/")]
    fn home() -> Markup {
        html! { form data-onsubmit__prevent="$open = true" { button { "Open" } } }
    }
}

fn main() {
    let _ = todos::SLICE;
}
