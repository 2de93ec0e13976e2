#[orion::slice(migrations = "not-utf-8")]
mod notes {
    use orion::prelude::*;

    #[page("/")]
    fn home() -> Markup {
        html! {}
    }
}

fn main() {}
