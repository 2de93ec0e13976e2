use orion::prelude::*;

#[derive(Value)]
pub struct When(pub std::time::Instant);

fn main() {
}
