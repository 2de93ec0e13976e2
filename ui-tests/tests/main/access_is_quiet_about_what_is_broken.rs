#[orion::slice]
mod todos {
    use orion::prelude::*;

    #[page("/", alow(admin))]
    fn home() -> Markup {
        todo!()
    }
}

orion::main! { slices: [todos], access: required }
