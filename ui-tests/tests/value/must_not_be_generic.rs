use orion::prelude::*;

#[derive(Value)]
pub struct Id<T>(pub T);

fn main() {
}
