use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[region]
    pub(crate) fn list<T: ToString>(_db: &Db, name: T) -> Markup {
        todo!("{}", name.to_string())
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::<String>;
}
