use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    fn admin(_viewer: &Viewer) -> bool {
        true
    }

    #[page("/admin", allow(admin))]
    pub(crate) fn desk() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::desk::path();
}
