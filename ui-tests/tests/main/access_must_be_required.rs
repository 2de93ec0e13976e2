#[orion::slice]
mod todos {
    use orion::prelude::*;

    #[page("/")]
    fn home() -> Markup {
        todo!()
    }
}

orion::main! { slices: [todos], access: optional }
