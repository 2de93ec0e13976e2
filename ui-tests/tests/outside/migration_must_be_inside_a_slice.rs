use orion::prelude::*;

#[migration]
const CREATE: &str = "create table todos (id integer) strict";

fn main() {
    let _ = CREATE;
}
