use orion::prelude::*;

#[derive(Value)]
#[allow(non_camel_case_types)]
pub enum Priority {
    VeryHigh,
    Very_high,
}

fn main() {
}
