use orion::prelude::*;

#[orion::slice]
mod files {
    use super::*;

    #[page("/files/{id}/info")]
    pub(crate) fn info(id: i64) -> Markup {
        html! { (id) }
    }

    #[page("/files/{*path}")]
    pub(crate) fn file(path: &str) -> Markup {
        html! { (path) }
    }
}

fn main() {
    let _ = files::SLICE;
    let _ = (files::info::path(1), files::file::path("a/b"));
}
