use orion::prelude::*;

#[topic]
struct Board(i64);

fn main() {
    let _ = Board;
}
