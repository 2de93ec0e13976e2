#[orion::slice]
mod todos {
    use orion::prelude::*;

    #[command(post "/todos")]
    fn create(_tx: &Tx) -> Result<Reply> {
        todo!()
    }

    #[command(post "/todos/{id}/toggle")]
    fn toggle(_tx: &Tx, id: i64) -> Result<Reply> {
        todo!("{id}")
    }

    #[command(post "/todos/sweep", public)]
    fn sweep(_tx: &Tx) -> Result<Reply> {
        todo!()
    }

    #[page("/")]
    fn home() -> Markup {
        todo!()
    }
}

#[orion::slice]
mod about {
    use orion::prelude::*;

    #[page("/about", public)]
    fn page() -> Markup {
        todo!()
    }
}

orion::main! { slices: [todos, about], access: required }
