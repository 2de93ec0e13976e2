#[orion::slice]
mod todos;

fn main() {}
