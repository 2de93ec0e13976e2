#![deny(deprecated)]

use orion::prelude::*;

#[orion::slice]
mod notes {
    use super::*;

    #[migration]
    const CREATE: &str = "create table notes (id integer primary key, text text not null)";
}

fn main() {
    let _ = notes::SLICE;
}
