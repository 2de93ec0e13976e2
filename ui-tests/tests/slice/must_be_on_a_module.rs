#[orion::slice]
fn todos() {}

fn main() {
    todos();
}
