use orion::prelude::*;

#[orion::slice]
mod notes {
    use super::*;

    #[page("/notes/{id}")]
    pub(crate) fn note(id: i64) -> Markup {
        html! { (id) }
    }

    #[command(delete "/notes/{note}")]
    pub(crate) fn remove(_tx: &Tx, note: i64) -> Result<Reply> {
        Ok(Reply::signal("removed", note))
    }
}

fn main() {
    let _ = notes::SLICE;
    let _ = (notes::note::path(1), notes::remove::action(1));
}
