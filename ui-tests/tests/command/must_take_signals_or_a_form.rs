use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[derive(Deserialize)]
    pub(crate) struct Draft {
        pub(crate) title: String,
    }

    #[command(post "/todos")]
    pub(crate) fn add(_tx: &Tx, _draft: Signals<Draft>, _form: Form<Draft>) -> Result<Reply> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add::action();
    let _ = |draft: todos::Draft| draft.title;
}
