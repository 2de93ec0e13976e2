use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const CREATE: String = "create table todos (id integer primary key) strict";
}

fn main() {
    let _ = todos::SLICE;
}
