#![deny(deprecated)]

use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/")]
    fn home() -> Markup {
        html! {
            form data-on:sumbit="$open = true" { button { "Open" } }
            p data-on:saved="$open = false" {}
        }
    }
}

fn main() {
    let _ = todos::SLICE;
}
