use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const M1: &str = "create temporary table todos (id integer)";
}

fn main() {
    let _ = todos::SLICE;
}
