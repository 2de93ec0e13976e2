#[orion::slice(migrations = "nowhere/at/all")]
mod notes {
    use orion::prelude::*;

    #[page("/")]
    fn home() -> Markup {
        html! {}
    }
}

fn main() {}
