use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const M1: &str = "create table todos (id integer primary key, at datetime) strict";
}

fn main() {
    let _ = todos::SLICE;
}
