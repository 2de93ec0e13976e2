use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/")]
    pub(crate) fn home() -> Markup {
        let x = ;
        todo!()
    }

    #[command(post "/todos")]
    pub(crate) fn add(_tx: &Tx) -> Result<Reply> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path();
    let _ = todos::add::action();
}
