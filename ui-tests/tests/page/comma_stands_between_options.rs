use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    fn editor(_db: &Db, _viewer: &Viewer) -> Result<bool> {
        Ok(true)
    }

    #[page("/", allow(editor) title = "Todos")]
    pub(crate) fn home() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path();
}
