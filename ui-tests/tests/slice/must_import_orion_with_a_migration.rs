use orion::prelude::*;

#[orion::slice]
mod notes {
    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, text text not null) strict";
}

fn main() {}
