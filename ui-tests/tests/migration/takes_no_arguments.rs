use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration("first")]
    const CREATE: &str = "create table todos (id integer primary key) strict";
}

fn main() {
    let _ = todos::SLICE;
}
