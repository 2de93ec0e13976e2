use orion::prelude::*;

#[derive(Value)]
pub struct Point {
    pub x: i64,
    pub y: i64,
}

fn main() {
}
