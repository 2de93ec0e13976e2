use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[derive(Deserialize)]
    pub(crate) struct Draft {
        pub(crate) title: String,
    }

    #[command(post "/todos/{draft}")]
    pub(crate) fn add(_tx: &Tx, draft: Signals<Draft>) -> Result<Reply> {
        todo!("{}", draft.title)
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::add;
    let _ = |draft: todos::Draft| draft.title;
}
