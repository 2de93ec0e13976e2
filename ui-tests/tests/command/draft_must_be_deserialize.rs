use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    pub(crate) struct Draft {
        pub(crate) title: String,
    }

    #[command(post "/todos")]
    pub(crate) fn add(_tx: &Tx, _draft: Signals<Draft>) -> Result<Reply> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action();
    let _ = |draft: todos::Draft| draft.title;
}
