use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const M1: &str = "begin; create table todos (id integer primary key, title text not null) strict; commit";
}

fn main() {
    let _ = todos::SLICE;
}
