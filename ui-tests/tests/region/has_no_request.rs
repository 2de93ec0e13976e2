use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[derive(Deserialize)]
    pub(crate) struct Filter {
        pub(crate) done: bool,
    }

    #[region]
    pub(crate) fn list(_db: &Db, _filter: Query<Filter>) -> Result<Markup> {
        todo!()
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::list::region();
    let _ = |filter: todos::Filter| filter.done;
}
