use orion::prelude::*;

#[orion::slice]
mod news {
    use super::*;

    #[migration]
    const CREATE: &str = "create table items (id integer primary key) strict";
}

#[orion::slice]
mod shelf {
    use super::*;

    #[migration]
    const CREATE: &str = "create table items (id integer primary key) strict";
}

orion::main! { slices: [news, shelf] }
