use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/todos")]
    pub(crate) fn home() -> Markup {
        todo!()
    }

    #[command(get "/todos")]
    pub(crate) fn refresh(_tx: &Tx) -> Result<Reply> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path();
    let _ = todos::refresh::action();
}
