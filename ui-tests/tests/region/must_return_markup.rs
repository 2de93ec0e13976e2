use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    pub(crate) fn list(_db: &Db) {
        Ok(html! { p { "none" } })
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region();
}
