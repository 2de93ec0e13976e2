use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const M1: &str = "create table todos (id integer primary key, title text not null) strict";

    #[migration]
    const M2: &str = "alter table todo add due text";

    #[migration]
    const M3: &str = "create table tags (name text) strict";
}

fn main() {
    let _ = todos::SLICE;
}
