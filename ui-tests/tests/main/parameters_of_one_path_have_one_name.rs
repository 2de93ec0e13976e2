use orion::prelude::*;

#[orion::slice]
mod news {
    use super::*;

    #[page("/items/{id}")]
    pub(crate) fn item(id: i64) -> Markup {
        html! { (id) }
    }
}

#[orion::slice]
mod shelf {
    use super::*;

    #[command(delete "/items/{item}")]
    pub(crate) fn remove(_tx: &Tx, item: i64) -> Result<Reply> {
        Ok(Reply::signal("removed", item))
    }
}

orion::main! { slices: [news, shelf] }
