#![deny(deprecated)]

use orion::prelude::*;

#[orion::slice]
mod wishes {
    use super::*;

    #[derive(Deserialize)]
    struct Draft {
        title: String,
    }

    #[command(post "/wishes")]
    fn wish(_tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        ensure!(!draft.title.is_empty(), title = "Wish for something");
        Ok(Reply::done())
    }

    #[page("/")]
    fn home() -> Markup {
        html! {
            form data-on:submit=(wish::action()) {
                input data-bind:title;
                (field_error("title"))
                (field_error("price"))
            }
        }
    }
}

fn main() {
    let _ = wishes::SLICE;
}
