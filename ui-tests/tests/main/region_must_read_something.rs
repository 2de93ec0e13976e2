use orion::prelude::*;

#[orion::slice]
mod shop {
    use super::*;

    #[region]
    pub(crate) fn greeting(_db: &Db) -> Markup {
        html! { "Hello" }
    }
}

orion::main! { slices: [shop] }
