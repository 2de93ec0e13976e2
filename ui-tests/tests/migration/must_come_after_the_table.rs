use orion::prelude::*;

#[orion::slice]
mod people {
    use super::*;

    #[migration]
    const INDEX: &str = "create index people_by_name on people (name)";

    #[migration]
    const CREATE: &str = "create table people (id integer primary key, name text not null) strict";
}

fn main() {
    let _ = people::SLICE;
}
