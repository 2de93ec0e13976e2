use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[command("POST", "/todos/{id}")]
    pub(crate) fn add(_tx: &Tx, id: i64) -> Result<Reply> {
        todo!("{id}")
    }

    #[page("/")]
    fn home() -> Markup {
        html! { button data-on:click=(add::action(1)) { "Add" } }
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action(1);
}
