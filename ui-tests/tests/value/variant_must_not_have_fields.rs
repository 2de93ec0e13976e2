use orion::prelude::*;

#[derive(Value)]
pub enum Due {
    Never,
    On(i64),
}

fn main() {
}
