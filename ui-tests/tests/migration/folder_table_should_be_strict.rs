#[orion::slice(migrations = "loose")]
mod notes {
    use orion::prelude::*;

    #[page("/")]
    fn home() -> Markup {
        html! {}
    }
}

fn main() {}
