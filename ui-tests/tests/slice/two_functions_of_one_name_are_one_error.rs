use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    fn list(_db: &Db) -> Result<Markup> {
        todo!()
    }

    #[page("/")]
    fn list() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
}
