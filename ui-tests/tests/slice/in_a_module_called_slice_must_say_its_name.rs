#[orion::slice]
mod slice {
    use orion::prelude::*;

    #[page("/")]
    fn home() -> Markup {
        todo!()
    }
}

fn main() {
    let _ = slice::SLICE;
}
