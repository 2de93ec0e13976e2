use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[derive(Deserialize)]
    pub(crate) struct Draft {
        pub(crate) title: String,
    }

    #[page("/")]
    pub(crate) fn home(_draft: Signals<Draft>) -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path();
    let _ = |draft: todos::Draft| draft.title;
}
