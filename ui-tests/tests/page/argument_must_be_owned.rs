use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[page("/{id}")]
    pub(crate) fn home(id: &i64) -> Markup {
        todo!("{id}")
    }
}

fn main() {
    let _ = todos::SLICE;
    let _ = todos::home::path(&1);
}
