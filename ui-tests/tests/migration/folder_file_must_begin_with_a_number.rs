#[orion::slice(migrations = "without-number")]
mod notes {
    use orion::prelude::*;

    #[page("/")]
    fn home() -> Markup {
        html! {}
    }
}

fn main() {}
