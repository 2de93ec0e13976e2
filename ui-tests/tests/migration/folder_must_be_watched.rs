#[orion::slice(migrations = "right")]
mod notes {
    use orion::prelude::*;

    #[page("/")]
    fn home() -> Markup {
        html! {}
    }
}

fn main() {}
