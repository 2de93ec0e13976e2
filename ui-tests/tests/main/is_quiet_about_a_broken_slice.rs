#[orion::slice]
mod todos {
    use orion::prelude::*;

    #[page("home")]
    fn home() -> Markup {
        todo!()
    }
}

orion::main! { slices: [todos] }
