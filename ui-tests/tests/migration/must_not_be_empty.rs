use orion::prelude::*;

#[orion::slice]
mod todos {
    use super::*;

    #[migration]
    const M1: &str = "  ";
}

fn main() {
    let _ = todos::SLICE;
}
