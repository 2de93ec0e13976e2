use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    pub(crate) fn str(_db: &Db, name: &str) -> Result<Markup> {
        todo!("{name}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::str;
}
