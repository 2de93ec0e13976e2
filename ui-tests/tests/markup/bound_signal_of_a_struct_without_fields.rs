use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[derive(Deserialize)]
    struct Draft {}

    #[command(post "/todos")]
    fn add(_tx: &Tx, _draft: Signals<Draft>) -> Result<Reply> {
        Ok(Reply::done())
    }

    #[page("/")]
    fn home() -> Markup {
        html! { form data-on:submit=(add::action()) { input data-bind:title; } }
    }
}

fn main() {
    let _ = todos::SLICE;
}
